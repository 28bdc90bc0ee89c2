package io.nodelifecycle.sandbox.http;

/** What happens to the next events of a watch. */
public enum Delivery {
  /** They are sent. */
  DELIVER,
  /** The connection stays open and nothing is sent on it: the watch is deaf. */
  HOLD,
  /** The connection is cut. */
  CUT
}
