package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.runtime.BudgetPolicy;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.kubelet.Kubelets;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.workload.WorkloadKeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A cluster with its machines, its weather and at most one process of the controller that leads, in
 * virtual time. One thread owns it; the same calls give the same world.
 */
public final class World implements AutoCloseable {
  private static final Duration HISTORY_STEP = Duration.ofSeconds(1);

  /** Its steps and its election are on different threads. */
  private static final Duration NOTICING = Duration.ofMillis(50);

  /** More than that at one instant is a loop without end. */
  private static final int ROUNDS_MAX = 1_000_000;

  private final Surroundings surroundings;
  private final History history = new History();
  private final Kubelets kubelets;
  private final Truth truth;
  private final Election election;
  private @Nullable WorkloadKeeper keeper;
  private @Nullable SimulatedProcess controller;
  private int processes;

  /**
   * A world with an empty cluster and no controller.
   *
   * @param seed everything random follows from it
   * @param wallStart what clocks that go right show at the beginning
   * @param rhythm how often machines do what they do
   * @param historyLimits how many changes of a resource the cluster keeps
   * @param observer told what happens
   */
  public World(
      long seed,
      Instant wallStart,
      Kubelets.Rhythm rhythm,
      ToIntFunction<ResourceType> historyLimits,
      WorldObserver observer) {
    var time = new VirtualTime(wallStart);
    var cluster = new SandboxCluster(seed, historyLimits, wallStart);
    surroundings = new Surroundings(time, new Agenda(), new Weather(seed), cluster, observer);
    kubelets = new Kubelets(cluster, rhythm);
    truth = new Truth(cluster, observer);
    election = new Election(surroundings);
    every(HISTORY_STEP, () -> history.add(time().now(), cluster().revision()));
  }

  /** Its time. */
  public VirtualTime time() {
    return surroundings.time();
  }

  /** Its cluster, as it truly is. */
  public SandboxCluster cluster() {
    return surroundings.cluster();
  }

  /** Its machines. */
  public Kubelets kubelets() {
    return kubelets;
  }

  /** Its network and API server; {@link #setApiDown} takes the latter away. */
  public Weather weather() {
    return surroundings.weather();
  }

  /** From now on, pods that are lost are replaced by what they belong to. */
  public void keepWorkloads() {
    keeper = new WorkloadKeeper(cluster());
  }

  /** Tells the observer what has been changed from outside. */
  public void settle() {
    truth.tell(time().now());
  }

  /** Enters something that is to happen so long after the beginning. */
  public void at(Duration sinceStart, Runnable happening) {
    surroundings.agenda().at(time().at(sinceStart), happening);
  }

  /** Does something now, and again whenever so much time has passed. */
  public void every(Duration period, Runnable happening) {
    happening.run();
    surroundings.agenda().at(time().now().plus(period), () -> every(period, happening));
  }

  /** The API server goes out of reach for everybody, or comes back. */
  public void setApiDown(boolean isDown) {
    weather().setDown(isDown);
    if (isDown && controller != null) {
      controller.whenRunning(controller::cutAll);
    }
  }

  /**
   * A process of the controller starts, and leads as soon as nobody else may. The one before has
   * ended.
   */
  public void startController(CorePolicy policy, BudgetPolicy budget) {
    if (controller != null && !controller.hasEnded()) {
      throw new IllegalStateException("a controller runs");
    }
    var process = new SimulatedProcess(processes++, policy, budget, surroundings, history);
    controller = process;
    process.start();
    election.enter(process);
  }

  /** When a process that starts now could lead at the earliest. */
  public Instant nextTerm() {
    return election.nextTerm();
  }

  /** The process ends at once, as by SIGKILL. */
  public void crashController() {
    find().ifPresent(SimulatedProcess::end);
  }

  /** The process is stopped, as by SIGSTOP; the election goes on without it. */
  public void pauseController() {
    find().ifPresent(SimulatedProcess::pause);
  }

  /**
   * The process goes on; if it has lost its leadership meanwhile, it ends as soon as it notices.
   */
  public void resumeController() {
    find()
        .ifPresent(process -> {
          process.goOn();
          surroundings.agenda().at(time().now().plus(NOTICING), () -> election.look(process));
        });
  }

  /** From now on the wall clock of the controller's machine is wrong by so much. */
  public void setControllerClock(Duration error) {
    find().ifPresent(process -> process.clocks().set(error));
  }

  /** A watch of the controller breaks; what was missed may be lost, so that it has to list. */
  public void cutWatch(Resource resource, boolean isLost) {
    find()
        .ifPresent(
            process -> process.whenRunning(() -> process.each(resource, each -> each.cut(isLost))));
  }

  /** A watch of the controller delivers nothing from now on, until it is opened anew. */
  public void deafenWatch(Resource resource) {
    find().ifPresent(process -> process.each(resource, SimulatedInformer::deafen));
  }

  /** Whether a process of the controller is there that has not ended. */
  public boolean hasController() {
    return find().isPresent();
  }

  private Optional<SimulatedProcess> find() {
    return Optional.ofNullable(controller).filter(process -> !process.hasEnded());
  }

  /** Lets time pass until an instant. */
  public void run(Instant until) {
    var rounds = 0;
    var last = time().now();
    while (true) {
      var next = earliest();
      if (next.isAfter(until)) {
        break;
      }
      time().advance(next);
      rounds = time().now().equals(last) ? rounds + 1 : 0;
      last = time().now();
      if (rounds > ROUNDS_MAX) {
        throw new IllegalStateException("something never rests at " + time().sinceStart());
      }
      step();
    }
    time().advance(until);
  }

  private Instant earliest() {
    var machines = weather().isDown() ? Instant.MAX : machinesDue();
    var next = surroundings.agenda().next();
    return machines.isBefore(next) ? machines : next;
  }

  private Instant machinesDue() {
    var kept = keeper == null ? Instant.MAX : keeper.nextDue();
    var due = kubelets.nextDue();
    return kept.isBefore(due) ? kept : due;
  }

  private void step() {
    var now = time().now();
    if (!weather().isDown() && !machinesDue().isAfter(now)) {
      kubelets.advance(now, time().wallClock());
      if (keeper != null) {
        keeper.advance(time().wallClock());
      }
      truth.tell(now);
    }
    if (surroundings.agenda().runNext(now)) {
      truth.tell(now);
    }
  }

  @Override
  public void close() {
    truth.close();
    if (keeper != null) {
      keeper.close();
    }
    kubelets.close();
  }
}
