package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LifecycleController;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.informer.QuietLimits;
import io.nodelifecycle.observe.EventCorrelator;
import io.nodelifecycle.runtime.BudgetPolicy;
import io.nodelifecycle.runtime.ControlCycle;
import io.nodelifecycle.runtime.Inbox;
import io.nodelifecycle.runtime.LoopObserver;
import io.nodelifecycle.runtime.Outlets;
import io.nodelifecycle.runtime.WorkQueue;
import io.nodelifecycle.sandbox.truth.ObjectReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One process of the controller on a simulated machine: the real deciding part, the real cycle of
 * the control loop with its budget and retries, and informers.
 *
 * <p>While it is stopped (suspended, starved) nothing in it happens, and everything that would have
 * happened does as soon as it goes on.
 */
final class SimulatedProcess {
  private static final int ROOM = 4_096;

  private final int id;
  private final Surroundings world;
  private final History history;
  private final VirtualTime.Clocks clocks;
  private final LifecycleController controller;
  private final Inbox inbox;
  private final ControlCycle cycle;
  private final Lead lead;
  private final ObjectReading reading;
  private final List<SimulatedInformer> informers = new ArrayList<>();
  private final List<Runnable> missed = new ArrayList<>();
  private Instant nextStep = Instant.MAX;
  private boolean isStopped;
  private boolean hasEnded;

  SimulatedProcess(
      int id, CorePolicy policy, BudgetPolicy budget, Surroundings world, History history) {
    this.id = id;
    this.world = world;
    this.history = history;
    this.clocks = world.time().clocks();
    this.controller = new LifecycleController(policy);
    var observer = new CycleObserver();
    this.inbox = new Inbox(clocks, observer);
    this.lead = new Lead();
    var hasPodLabels = policy.resources().contains(Resource.DAEMON_SETS);
    this.reading = new ObjectReading(hasPodLabels);
    var outlets =
        new Outlets(
            new SimulatedRequests(id, world, clocks, hasPodLabels),
            lead::isCertain,
            new EventCorrelator(),
            _ -> {});
    this.cycle = new ControlCycle(controller, outlets, this::stepSoon, budget, clocks, observer);
    cycle.control(this::reopen);
    var limits = QuietLimits.of(policy.health().monitorPeriod());
    for (var resource : policy.resources()) {
      informers.add(
          new SimulatedInformer(
              resource,
              world,
              this,
              switch (resource) {
                case NODES -> limits.nodes();
                case LEASES -> limits.leases();
                case PODS, DAEMON_SETS -> limits.pods();
              }));
    }
    world.observer().started(id, policy, budget, now());
  }

  int id() {
    return id;
  }

  Lead lead() {
    return lead;
  }

  VirtualTime.Clocks clocks() {
    return clocks;
  }

  History history() {
    return history;
  }

  ObjectReading reading() {
    return reading;
  }

  boolean hasEnded() {
    return hasEnded;
  }

  /** Whether it runs: neither stopped nor ended. */
  boolean isRunning() {
    return !isStopped && !hasEnded;
  }

  private Instant now() {
    return world.time().now();
  }

  /** Starts to follow the cluster. */
  void start() {
    informers.forEach(SimulatedInformer::start);
    stepSoon();
  }

  /** Takes an observation if there is room. */
  boolean offer(Observation observation) {
    if (inbox.waiting(observation) >= ROOM) {
      return false;
    }
    try {
      inbox.put(observation);
    } catch (InterruptedException impossible) {
      throw new IllegalStateException(impossible);
    }
    stepSoon();
    return true;
  }

  /** Does something now, or when the process goes on. */
  void whenRunning(Runnable what) {
    if (isStopped) {
      missed.add(what);
    } else if (!hasEnded) {
      what.run();
    }
  }

  private void stepSoon() {
    stepAt(now());
  }

  private void stepAt(Instant instant) {
    if (instant.isBefore(nextStep)) {
      nextStep = instant;
      world.agenda().at(instant, () -> stepIfDue(instant));
    }
  }

  /** A step that was moved ahead has been done when its old time comes. */
  private void stepIfDue(Instant instant) {
    if (isRunning() && nextStep.equals(instant)) {
      step();
    }
  }

  private void step() {
    nextStep = Instant.MAX;
    cycle.step(inbox, now());
    world.observer().stepped(id, controller, now());
    var next = inbox.isEmpty() ? cycle.nextStep(now()) : now();
    stepAt(next.isAfter(now()) ? next : now());
  }

  private void reopen(Resource resource, boolean isFromList) {
    each(resource, informer -> informer.reopen(isFromList));
  }

  /** Does something to the informer of a resource. */
  void each(Resource resource, Consumer<SimulatedInformer> what) {
    informers.stream().filter(each -> each.resource() == resource).forEach(what);
  }

  /** Every watch breaks. */
  void cutAll() {
    informers.forEach(informer -> informer.cut(false));
  }

  /** Nothing happens in it from now on. */
  void pause() {
    isStopped = true;
  }

  /** It goes on, and catches up. */
  void goOn() {
    if (isStopped && !hasEnded) {
      isStopped = false;
      nextStep = Instant.MAX;
      var before = List.copyOf(missed);
      missed.clear();
      before.forEach(Runnable::run);
      stepSoon();
    }
  }

  /** It ends at once, as by SIGKILL; requests that were sent go on their way. */
  void end() {
    if (!hasEnded) {
      hasEnded = true;
      missed.clear();
      informers.forEach(SimulatedInformer::stop);
      world.observer().ended(id, now());
    }
  }

  private final class CycleObserver implements LoopObserver {
    private final Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
    private int underWay;

    @Override
    public void observed(Observation observation, Instant now) {
      world.observer().observed(id, observation, now);
    }

    @Override
    public void deciding(Instant now) {
      world.observer().deciding(id, now);
    }

    @Override
    public void added(WorkQueue queue, boolean isRetry) {
      count(queue, 1);
    }

    @Override
    public void taken(WorkQueue queue, Duration waited) {
      count(queue, -1);
    }

    @Override
    public void sent(Priority priority) {
      underWay++;
      world.observer().underWay(id, underWay);
    }

    @Override
    public void worked(WorkQueue queue, Duration duration) {
      if (queue != WorkQueue.NODE_OBSERVATIONS && queue != WorkQueue.POD_OBSERVATIONS) {
        underWay--;
        world.observer().underWay(id, underWay);
      }
    }

    private void count(WorkQueue queue, int change) {
      for (var priority : Priority.values()) {
        if (WorkQueue.of(priority) == queue) {
          var count = waiting.merge(priority, change, Integer::sum);
          world.observer().waits(id, priority, count, now());
        }
      }
    }

    @Override
    public void decided(Action action, Instant now) {
      world.observer().decided(id, action, now);
    }
  }

  /** What this process knows about its leadership. */
  static final class Lead {
    private Instant certainUntil = Instant.MIN;

    /** From now on it may act until then. */
    void renew(Instant until) {
      certainUntil = until;
    }

    /** It may not act any more. */
    void lose() {
      certainUntil = Instant.MIN;
    }

    boolean isCertain(Instant now) {
      return now.isBefore(certainUntil);
    }
  }
}
