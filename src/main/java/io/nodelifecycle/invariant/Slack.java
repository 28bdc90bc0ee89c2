package io.nodelifecycle.invariant;

import java.time.Duration;

/**
 * How far facts may be apart without anybody being at fault.
 *
 * @param staleness how old the knowledge of a process may be whose observations are not reported,
 *     when its request is carried out
 * @param clockError how wrong the wall clocks may be that stamp objects; only what is counted from
 *     times in objects depends on them, as deadlines of what was there before a process started
 * @param reconnection how long such a process may take to catch up after the API server was out of
 *     reach
 * @param cutting how long it may take until it notices that the API server is out of reach
 */
public record Slack(
    Duration staleness, Duration clockError, Duration reconnection, Duration cutting) {
  /** For an API server that is always in reach of processes that are not reported. */
  public Slack(Duration staleness, Duration clockError) {
    this(staleness, clockError, Duration.ZERO, Duration.ZERO);
  }

  /** Everything is reported, and all clocks are right. */
  public static Slack none() {
    return new Slack(Duration.ZERO, Duration.ZERO);
  }
}
