package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.invariant.Invariants;
import io.nodelifecycle.invariant.Slack;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** A controller that is held to the rules that no run may ever break: the test fails at once. */
final class RuleCheck {
  private final Supplier<Instant> now;
  private final Invariants invariants;
  private LifecycleController controller;
  private int starts;

  RuleCheck(CorePolicy policy, Supplier<Instant> now) {
    this.now = now;
    this.invariants =
        new Invariants(
            policy,
            Slack.none(),
            violation -> {
              throw new AssertionError(violation.toString());
            });
    this.controller = start(policy);
  }

  private LifecycleController start(CorePolicy policy) {
    starts++;
    var budget = Double.POSITIVE_INFINITY;
    invariants.started(new Invariants.ControllerProcess(name(), policy, budget, 1));
    invariants.leads(name(), Instant.MAX);
    return new LifecycleController(policy);
  }

  private String name() {
    return "process " + starts;
  }

  /** Whether it may act from now on. */
  void leads(boolean isLeader) {
    invariants.leads(name(), isLeader ? Instant.MAX : Instant.MIN);
    controller.leads(isLeader, now.get());
  }

  /** The controller ends, and another begins. */
  void restart(CorePolicy policy) {
    invariants.ended(name());
    controller = start(policy);
  }

  LifecycleController controller() {
    return controller;
  }

  void observe(Observation observation) {
    invariants.observed(name(), observation, now.get());
    controller.observe(observation, now.get());
  }

  List<Action> advance() {
    invariants.judged(name(), now.get());
    var actions = controller.advance(now.get());
    actions.forEach(action -> invariants.announced(name(), action, now.get()));
    invariants.stepped(name(), controller.status(now.get()), now.get());
    invariants.remembers(name(), controller.remembered(), now.get());
    return actions;
  }

  Confirmation confirm(Request request) {
    var confirmation = controller.confirm(request, now.get());
    switch (confirmation) {
      case Confirmation.Send(var wanted) -> invariants.sent(name(), wanted, now.get());
      case Confirmation.ReadFirst(var read) -> invariants.sent(name(), read, now.get());
      case Confirmation.Drop() -> {}
    }
    return confirmation;
  }

  /** The API server carries the request out. */
  void applied(Request request) {
    invariants.applied(name(), request, now.get());
  }

  void nodeIs(NodeSnapshot node) {
    invariants.nodeIs(node, now.get());
  }

  void nodeGone(String name) {
    invariants.nodeGone(name, now.get());
  }

  void podIs(PodSnapshot pod) {
    invariants.podIs(pod, now.get());
  }

  void podGone(PodKey pod) {
    invariants.podGone(pod, now.get());
  }

  void leaseIs(String nodeName, String version) {
    invariants.leaseIs(nodeName, version, now.get());
  }

  void leaseGone(String nodeName) {
    invariants.leaseGone(nodeName, now.get());
  }
}
