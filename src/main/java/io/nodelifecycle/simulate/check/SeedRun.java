package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.invariant.Invariants;
import io.nodelifecycle.invariant.Slack;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.PageRequest;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import io.nodelifecycle.sandbox.truth.ObjectReading;
import io.nodelifecycle.simulate.check.FinalState.Machine;
import io.nodelifecycle.simulate.engine.VirtualTime;
import io.nodelifecycle.simulate.engine.World;
import io.nodelifecycle.simulate.engine.WorldObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run: a small cluster, half an hour with troubles, and then enough time without for everything
 * to be as it should be. All of it follows from the seed.
 */
public final class SeedRun {
  private static final Instant WALL = Instant.parse("2041-07-07T07:00:00Z");
  private static final int HISTORY = 20_000;
  private static final Duration CALM = Duration.ofSeconds(70);
  private static final Duration SUPERVISION = Duration.ofSeconds(1);

  /** Longer than the longest backoff, and than the slowest zone takes for all its nodes. */
  private static final Duration QUIET = Duration.ofMinutes(14);

  private static final Duration CLOCK_ERROR = Duration.ofHours(4);

  private final long seed;
  private final FinalState.Judge judge;
  private final Consumer<String> trace;
  private final boolean isTraced;
  private final List<String> failures = new ArrayList<>();

  private SeedRun(long seed, FinalState.Judge judge, Consumer<String> trace, boolean isTraced) {
    this.seed = seed;
    this.judge = judge;
    this.trace = trace;
    this.isTraced = isTraced;
  }

  /**
   * What a run came to.
   *
   * @param seed of the run
   * @param length how much time has passed in its cluster
   * @param failures what was wrong, in the order in which it was noticed; none if all was well
   */
  public record Result(long seed, Duration length, List<String> failures) {
    /** Takes a copy. */
    public Result {
      failures = List.copyOf(failures);
    }
  }

  /**
   * Runs a seed.
   *
   * @param judge of what it comes to
   */
  public static Result run(long seed, FinalState.Judge judge) {
    return new SeedRun(seed, judge, _ -> {}, false).result();
  }

  /**
   * Runs a seed and writes down all that happens.
   *
   * @param trace is given a line at a time
   */
  public static Result traced(long seed, FinalState.Judge judge, Consumer<String> trace) {
    return new SeedRun(seed, judge, trace, true).result();
  }

  /** A run that breaks has failed: its seed must be known then, too, and what came before. */
  private Result result() {
    try {
      return run();
    } catch (RuntimeException | StackOverflowError broken) {
      var where = broken.getStackTrace().length == 0 ? "" : " at " + broken.getStackTrace()[0];
      fail("broken: " + broken + where);
      return new Result(seed, Duration.ZERO, failures);
    }
  }

  private Result run() {
    var draw = new Draw(seed);
    var settings = CheckSettings.draw(draw);
    var cluster = CheckCluster.draw(draw);
    var observers = new ArrayList<WorldObserver>();
    var policy = settings.policy();
    observers.add(
        new InvariantFeed(
            new Invariants(
                policy,
                new Slack(Duration.ofMinutes(10), CLOCK_ERROR),
                violation -> fail(violation.toString()))));
    if (isTraced) {
      observers.add(new Trace(trace, VirtualTime.START));
    }
    var observer = new Audience(observers);
    try (var world = new World(draw.seed(), WALL, settings.rhythm(), _ -> HISTORY, observer)) {
      populate(world, cluster);
      var trouble = draw.between(Duration.ofMinutes(4), Duration.ofMinutes(12));
      var end = CALM.plus(trouble);
      var course = new Course(draw, world, observer, end);
      var grace = policy.health().monitorGrace();
      new Troubles(course, cluster.nodes(), grace).enter(CALM);
      world.every(SUPERVISION, () -> supervise(world, settings));
      var isEnded = runUntil(world, end.plus(QUIET));
      if (isEnded) {
        judge.differences(state(world, settings)).forEach(this::fail);
      }
      return new Result(seed, world.time().sinceStart(), failures);
    }
  }

  private void fail(String what) {
    failures.add(what);
    if (isTraced) {
      trace.accept("\t\tVIOLATION\t" + what);
    }
  }

  /** In pieces, so that the first violation ends it. */
  private boolean runUntil(World world, Duration end) {
    while (failures.isEmpty() && world.time().sinceStart().compareTo(end) < 0) {
      var next = world.time().sinceStart().plusSeconds(10);
      world.run(world.time().at(next.compareTo(end) < 0 ? next : end));
    }
    return failures.isEmpty();
  }

  private static void populate(World world, CheckCluster cluster) {
    var wall = world.time().wallClock();
    for (var node : cluster.nodes()) {
      world.kubelets().join(node.name(), node.zone(), world.time().now(), wall);
      if (node.isExcluded()) {
        new Users(world).label(node.name(), "node.kubernetes.io/exclude-disruption", "true");
      }
    }
    cluster
        .daemonSets()
        .forEach(set -> create(world.cluster(), ResourceType.DAEMONSETS, set, wall));
    cluster.pods().forEach(pod -> create(world.cluster(), ResourceType.PODS, pod, wall));
  }

  private static void create(
      SandboxCluster cluster, ResourceType type, ObjectNode object, Instant wall) {
    var _ = cluster.create(type, "default", object, wall);
  }

  /** Starts a process if there is none and another may lead. */
  private static void supervise(World world, CheckSettings settings) {
    if (!world.hasController() && !world.nextTerm().isAfter(world.time().now())) {
      world.startController(settings.policy(), settings.budget());
    }
  }

  private static FinalState state(World world, CheckSettings settings) {
    var reading = new ObjectReading(true);
    var now = world.time().now();
    List<Machine> machines = new ArrayList<>();
    for (var object : list(world, ResourceType.NODES)) {
      if (reading.observe(object, now).orElse(null) instanceof NodeSeen(var node, _, _)) {
        var heard = world.kubelets().lastHeartbeat(node.name());
        machines.add(
            new Machine(
                node,
                world.kubelets().isAlive(node.name()),
                heard.map(at -> Duration.between(at, now)).orElse(Duration.ofDays(1))));
      }
    }
    List<PodSnapshot> pods = new ArrayList<>();
    for (var object : list(world, ResourceType.PODS)) {
      if (reading.observe(object, now).orElse(null) instanceof PodSeen(var pod, _, _)
          && !pod.nodeName().isEmpty()) {
        pods.add(pod);
      }
    }
    return new FinalState(settings.policy(), QUIET, machines, pods);
  }

  private static List<StoredObject> list(World world, ResourceType type) {
    return world.cluster().list(ListQuery.all(type), PageRequest.ALL).items();
  }
}
