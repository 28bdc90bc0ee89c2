package io.nodelifecycle.runtime;

import java.time.Duration;

/**
 * How a queue is doing.
 *
 * @param waiting how much waits
 * @param underWay how much was taken out and is being worked on
 * @param unfinished for how long that has been worked on, all added up
 * @param longest for how long on the oldest of it, zero if there is nothing
 */
public record QueueStatus(int waiting, int underWay, Duration unfinished, Duration longest) {
  /** The same after a while in which nothing ended. */
  public QueueStatus after(Duration passed) {
    return underWay == 0
        ? this
        : new QueueStatus(
            waiting,
            underWay,
            unfinished.plus(passed.multipliedBy(underWay)),
            longest.plus(passed));
  }
}
