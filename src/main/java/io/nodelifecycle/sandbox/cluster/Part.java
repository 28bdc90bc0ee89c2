package io.nodelifecycle.sandbox.cluster;

/** The part of an object that a write is about. */
public enum Part {
  /** Everything but the status, if the status has a subresource of its own. */
  MAIN,
  /** The status and, as on a real server, labels and annotations. */
  STATUS
}
