package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LifecycleController;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadEnded;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.Observation.WriteEnded;
import io.nodelifecycle.invariant.Invariants;
import io.nodelifecycle.invariant.Invariants.ControllerProcess;
import io.nodelifecycle.runtime.BudgetPolicy;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.truth.TruthFeed;
import io.nodelifecycle.simulate.engine.WorldObserver;
import java.time.Duration;
import java.time.Instant;

/** Tells the invariants what happens in a world. */
final class InvariantFeed implements WorldObserver {
  /** Counting what is remembered takes its time. */
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

  private final Invariants invariants;
  private final TruthFeed truth;
  private Instant nextCount = Instant.MIN;

  InvariantFeed(Invariants invariants) {
    this.invariants = invariants;
    this.truth = new TruthFeed(invariants);
  }

  private static String name(int process) {
    return "controller " + process;
  }

  @Override
  public void changed(WatchEvent event, Instant now) {
    truth.changed(event, now);
  }

  @Override
  public void started(int process, CorePolicy policy, BudgetPolicy budget, Instant now) {
    invariants.started(
        new ControllerProcess(name(process), policy, budget.requestsPerSecond(), budget.burst()));
  }

  @Override
  public void mayActUntil(int process, Instant until) {
    invariants.leads(name(process), until);
  }

  @Override
  public void ended(int process, Instant now) {
    invariants.ended(name(process));
  }

  @Override
  public void observed(int process, Observation observation, Instant now) {
    invariants.observed(name(process), observation, now);
  }

  @Override
  public void deciding(int process, Instant now) {
    invariants.judged(name(process), now);
  }

  @Override
  public void decided(int process, Action action, Instant now) {
    invariants.announced(name(process), action, now);
  }

  @Override
  public void sent(int process, Request request, Instant now) {
    invariants.sent(name(process), request, now);
  }

  @Override
  public void waits(int process, Action.Priority priority, int count, Instant now) {
    invariants.waits(name(process), priority, count);
  }

  @Override
  public void underWay(int process, int count) {
    invariants.underWay(name(process), count);
  }

  @Override
  public void posted(int process, EventPost event, Instant now) {
    invariants.posted(name(process), now);
  }

  @Override
  public void applied(int process, Request request, Observation outcome, Instant now) {
    var isDone =
        switch (outcome) {
          case WriteEnded(_, var end) -> end instanceof Outcome.Succeeded;
          case ReadEnded(_, var end) -> !(end instanceof ReadOutcome.Failed);
          default -> false;
        };
    if (isDone) {
      invariants.applied(name(process), request, now);
    }
  }

  @Override
  public void stepped(int process, LifecycleController controller, Instant now) {
    invariants.stepped(name(process), controller.status(now), now);
    if (!now.isBefore(nextCount)) {
      nextCount = now.plus(BETWEEN_COUNTS);
      invariants.remembers(name(process), controller.remembered(), now);
    }
  }
}
