package io.nodelifecycle.core;

/**
 * What is read live before it is acted upon, since a cache may be older than it seems.
 *
 * @param hasLeases gate {@code LiveLeaseCheck}: leases, before a node is declared silent
 * @param hasTaints gate {@code LiveTaintCheck}: nodes, before a pod is deleted
 */
public record LiveChecks(boolean hasLeases, boolean hasTaints) {
  /** Both. */
  public static LiveChecks defaults() {
    return new LiveChecks(true, true);
  }

  /** Neither: the caches are believed. */
  public static LiveChecks none() {
    return new LiveChecks(false, false);
  }
}
