package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.LifecycleStatus;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.model.NodeKey;
import java.time.Instant;

/** All rules that one controller process has to keep. */
final class ProcessRules {
  private final ProcessView view;
  private final SilenceRules silence;
  private final TaintRules taints;
  private final ReleaseRules releases;
  private final DeletionRules deletions;
  private final ReadinessRules readiness;
  private final RequestRules requests;
  private final BudgetRules budget;
  private final UpkeepRules upkeep;

  ProcessRules(Invariants.ControllerProcess process, Invariants.Facts facts) {
    var name = process.name();
    var reporter = facts.reporter();
    view = new ProcessView(process.policy());
    silence = new SilenceRules(view, facts.truth(), reporter);
    taints = new TaintRules(view, reporter);
    releases = new ReleaseRules(view, reporter);
    deletions = new DeletionRules(view, facts);
    readiness = new ReadinessRules(view, reporter);
    requests = new RequestRules(name, view, reporter);
    budget = new BudgetRules(name, process.requestsPerSecond(), process.burst(), reporter);
    upkeep = new UpkeepRules(name, view, reporter);
  }

  void leads(Instant until) {
    requests.leads(until);
  }

  void observed(Observation observation, Instant now) {
    view.evaluate();
    view.observed(observation, now);
    switch (observation) {
      case Observation.WriteEnded(var write, var outcome) -> {
        requests.ended(write, outcome, now);
        if (write instanceof Action.MarkPodNotReady mark) {
          readiness.ended(mark, outcome, now);
        }
      }
      case Observation.ReadEnded(var read, var outcome) -> {
        requests.ended(read, outcome, now);
        budget.ended(read);
        silence.answered(read, outcome);
        deletions.answered(read, outcome, now);
      }
      case Observation.NodeGone(var name, var uid) -> requests.forget(new NodeKey(name, uid));
      case Observation.PodGone(var key) -> requests.forget(key);
      default -> {}
    }
  }

  void judged(Instant now) {
    view.evaluate();
    view.judged(now);
  }

  void announced(Action action, Instant now) {
    switch (action) {
      case Action.NodeSilent _, Action.NodeHeard _ -> silence.announced(action, now);
      case Action.NodeReleased(var key, var zone) -> {
        view.evaluate();
        requests.lets(key, now);
        releases.released(key, zone, now);
      }
      case Action.NodeEmptied(var key) -> releases.emptied(key, now);
      default -> {}
    }
  }

  void sent(Request request, Instant now) {
    view.evaluate();
    requests.sent(request, now);
    budget.sent(request, now);
    switch (request) {
      case Action.PatchNodeStatus patch -> silence.sent(patch, now);
      case Action.PatchNodeTaints patch -> taints.sent(patch, now);
      case Action.PatchNodeLabels patch -> taints.sent(patch, now);
      case Action.MarkPodNotReady mark -> readiness.sent(mark, now);
      case Write write -> deletions.sent(write, now);
      case Read read -> silence.sentRead(read, now);
    }
    if (request instanceof Action.NodeWrite write) {
      view.sent(write);
    }
  }

  void posted(Instant now) {
    budget.posted(now);
  }

  void waits(Action.Priority priority, int count) {
    budget.waits(priority, count);
  }

  void underWay(int count) {
    budget.underWay(count);
  }

  void applied(Read read, Instant now) {
    silence.applied(read, now);
    deletions.applied(read, now);
  }

  void stepped(LifecycleStatus status, Instant now) {
    view.evaluate();
    budget.stepped(now);
    releases.stepped(status, now);
    upkeep.stepped(status, now);
  }

  void remembers(int things, Instant now) {
    upkeep.remembers(things, now);
  }
}
