package io.nodelifecycle.invariant;

import io.nodelifecycle.core.LifecycleStatus;
import java.time.Instant;

/** What a process may remember: nothing but what exists. */
final class UpkeepRules {
  /**
   * Entry, zone's member, place in it, deadline, unjudged, suspect, three stages of a check, surely
   * well.
   */
  private static final int PER_NODE = 10;

  /** Entry, work, deadline, unjudged, held, pending. */
  private static final int PER_POD = 6;

  private final String process;
  private final ProcessView view;
  private final Reporter reporter;

  UpkeepRules(String process, ProcessView view, Reporter reporter) {
    this.process = process;
    this.view = view;
    this.reporter = reporter;
  }

  void stepped(LifecycleStatus status, Instant now) {
    reporter.check(
        status.nodes() == view.nodeCount() && status.pods() == view.podCount(),
        Rule.MEMORY,
        process,
        now,
        () ->
            "knows %d nodes and %d pods, was shown %d and %d"
                .formatted(status.nodes(), status.pods(), view.nodeCount(), view.podCount()));
    reporter.check(
        status.pendingEvictions() >= 0 && status.pendingEvictions() <= view.podCount(),
        Rule.MEMORY,
        process,
        now,
        () -> status.pendingEvictions() + " evictions pending of " + view.podCount() + " pods");
  }

  void remembers(int things, Instant now) {
    var most =
        PER_NODE * view.nodeCount()
            + view.leaseCount()
            + PER_POD * view.podCount()
            + view.daemonSetCount();
    reporter.check(
        things >= 0 && things <= most,
        Rule.MEMORY,
        process,
        now,
        () ->
            "remembers %d things, at most %d for %d nodes and %d pods"
                .formatted(things, most, view.nodeCount(), view.podCount()));
  }
}
