package io.nodelifecycle.simulate.report.figures;

import io.nodelifecycle.simulate.record.Happening.Kind;

/** What a summary counts, in the order in which an outage usually goes. */
public enum Stage {
  /** Nodes that said themselves that they are not ready. */
  NODE_NOT_READY(Kind.NODE_NOT_READY, "nodes reported not ready"),
  /** Nodes whose Ready condition became Unknown. */
  NODE_UNKNOWN(Kind.NODE_UNKNOWN, "nodes marked Unknown"),
  /** Nodes that got a NoExecute taint. */
  NODE_TAINTED(Kind.NODE_TAINTED, "nodes tainted NoExecute"),
  /** Pods whose Ready condition became False. */
  POD_NOT_READY(Kind.POD_NOT_READY, "pods marked not ready"),
  /** Pods that were deleted. */
  POD_EVICTED(Kind.POD_EVICTED, "pods evicted"),
  /** Pods that run again elsewhere. */
  POD_REPLACED(Kind.POD_REPLACED, "pods replaced"),
  /** Nodes that are ready again. */
  NODE_READY(Kind.NODE_READY, "nodes ready again"),
  /** Nodes that lost their last NoExecute taint. */
  NODE_UNTAINTED(Kind.NODE_UNTAINTED, "nodes untainted"),
  /** Nodes removed. */
  NODE_GONE(Kind.NODE_GONE, "nodes removed");

  private final Kind kind;
  private final String title;

  Stage(Kind kind, String title) {
    this.kind = kind;
    this.title = title;
  }

  /** What is counted. */
  public Kind kind() {
    return kind;
  }

  /** In a few words, starting with what is counted. */
  public String title() {
    return title;
  }
}
