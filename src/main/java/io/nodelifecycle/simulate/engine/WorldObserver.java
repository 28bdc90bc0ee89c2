package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LifecycleController;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.runtime.BudgetPolicy;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import java.time.Instant;

/**
 * Told what happens in a simulated world, in the order in which it happens. Every {@code now} is on
 * the monotonic time line.
 */
public interface WorldObserver {
  /** Whether leases are of interest: most of all changes are renewals, and cost time to tell. */
  default boolean followsLeases() {
    return true;
  }

  /** The cluster changed: a node, a pod or a lease, in the order of versions. */
  default void changed(WatchEvent event, Instant now) {}

  /** The outage or a fault takes a step, in words. */
  default void troubled(String what, Instant now) {}

  /** A controller process starts. */
  default void started(int process, CorePolicy policy, BudgetPolicy budget, Instant now) {}

  /** A controller process may act from now on, or may not any more. */
  default void leads(int process, boolean isLeading, Instant now) {}

  /** A leading process may send requests before that moment, unless it renews its lease. */
  default void mayActUntil(int process, Instant until) {}

  /** A controller process has ended: it decides and sends nothing any more. */
  default void ended(int process, Instant now) {}

  /** The deciding part of a process takes note of something. */
  default void observed(int process, Observation observation, Instant now) {}

  /** The deciding part of a process is about to judge. */
  default void deciding(int process, Instant now) {}

  /** The deciding part of a process has returned this action. */
  default void decided(int process, Action action, Instant now) {}

  /** A process sends a request. */
  default void sent(int process, Request request, Instant now) {}

  /**
   * The API server is done with a request.
   *
   * @param outcome how it really ended, whatever the process will be told
   */
  default void applied(int process, Request request, Observation outcome, Instant now) {}

  /** So many requests of this priority wait in a process for their turn. */
  default void waits(int process, Action.Priority priority, int count, Instant now) {}

  /** So many requests and events of a process were sent and not answered yet. */
  default void underWay(int process, int count) {}

  /** A process sends an event. */
  default void posted(int process, EventPost event, Instant now) {}

  /** A request or event failed, as the process sees it. */
  default void failed(int process, Instant now) {}

  /** A process has done a step. */
  default void stepped(int process, LifecycleController controller, Instant now) {}
}
