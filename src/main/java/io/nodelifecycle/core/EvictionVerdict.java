package io.nodelifecycle.core;

/** What becomes of a pod, the most urgent last. */
enum EvictionVerdict {
  /** Nothing is to be done. */
  STAYS,
  /** It goes when its timer ends. */
  WAITS,
  /** It would go because of its node's health, but nothing may be concluded from that now. */
  HELD,
  /** It goes now. */
  GOES
}
