package io.nodelifecycle.runtime.dryrun;

import io.nodelifecycle.runtime.EventPost;

/** Told what would be written, to log and to count it. Called on any thread; never throws. */
public interface DryRunObserver {
  /** A write would have changed an object. */
  void wouldWrite(WouldBeWrite write);

  /** An event would have been created, or counted up. */
  void wouldPost(EventPost event);
}
