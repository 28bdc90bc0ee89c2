package io.nodelifecycle.performance;

import static io.nodelifecycle.testing.ClusterLoad.node;

import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.AuditLog;
import io.nodelifecycle.testing.ClusterLoad;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.ProcessUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * An outage of the first zone of a cluster, again and again with one controller after the other:
 * all its machines die at once, and live again when it is over.
 */
final class OutageCourse {
  /** Under this name the API server knows each contender. */
  static final String USER = "contender";

  private static final Duration GRACE = Duration.ofSeconds(25);
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Duration STOPPING = Duration.ofSeconds(15);
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final int REQUESTS_WHEN_QUIET = 10;
  private static final int QUIET_TRIES = 40;

  private final ControlPlane plane;
  private final ClusterLoad load;
  private final Path folder;
  private final Path kubeconfig;
  private final Duration rest;
  private final AuditLog requests;
  private final TimeSource time = new SystemTime();

  /**
   * On a cluster that is filled, the pods of its first zone being ready.
   *
   * @param rest how long a controller is looked at before the outage
   */
  OutageCourse(ControlPlane plane, ClusterLoad load, Path folder, Duration rest) {
    this.plane = plane;
    this.load = load;
    this.folder = folder;
    this.rest = rest;
    this.kubeconfig =
        plane.kubeconfig(plane.authority().issueClient(USER, List.of("system:masters")));
    this.requests = new AuditLog(plane.auditLog());
  }

  /** Flags for a rate of requests: {@code qps} a second and half as many more at once. */
  static Map<String, String> flags(int qps) {
    var flags = new HashMap<String, String>();
    flags.put("node-monitor-grace-period", GRACE.toSeconds() + "s");
    flags.put("kube-api-qps", Integer.toString(qps));
    flags.put("kube-api-burst", Integer.toString(qps * 3 / 2));
    return flags;
  }

  /** All of it with one controller; afterwards the cluster is as before. */
  OutageFigures run(Contender contender, int qps, Duration limit) {
    var cordoned = node(load.size().nodes() - 1);
    cordon(cordoned, true);
    try (var witness = new OutageWitness(plane.admin(), time)) {
      var begun = time.now();
      try (var process = contender.start(folder, kubeconfig, flags(qps))) {
        await(limit, "the first write", () -> witness.cordoned().containsKey(cordoned));
        var firstWrite = delay(Map.of(cordoned, begun), witness.cordoned(), cordoned);
        process.awaitSynced();
        Pause.of(SETTLING);
        var before = process.usage();
        Pause.of(rest);
        var rested = process.usage();
        var requestsBefore = requests.requests();
        var graceEnds = kill();
        awaitJudged(witness, limit);
        awaitMarked(witness, limit);
        awaitQuiet();
        var peak = process.usage().peakMebibytes();
        var _ = process.terminate(STOPPING);
        return new OutageFigures(
            firstWrite,
            rested.residentMebibytes(),
            peak,
            (rested.cpuSeconds() - before.cpuSeconds()) / rest.toSeconds(),
            latest(graceEnds, witness.judged()),
            firstToLast(graceEnds, witness.marked()),
            requests.requests() - requestsBefore);
      }
    } finally {
      cordon(cordoned, false);
      heal();
    }
  }

  /**
   * The same without a look at rest, and the API server goes away for a time once every node is
   * judged and pods are being marked.
   *
   * @param away for how long; zero: it does not
   * @return seconds from the end of the first node's grace to the last pod's being not Ready
   */
  double runInterrupted(int qps, Duration away, Duration limit) {
    try (var witness = new OutageWitness(plane.admin(), time);
        var process = Contender.PROGRAM.start(folder, kubeconfig, flags(qps))) {
      process.awaitSynced();
      Pause.of(SETTLING);
      var graceEnds = kill();
      awaitJudged(witness, limit);
      if (!away.isZero()) {
        plane.stopApiServer();
        Pause.of(away);
        plane.startApiServer();
        witness.watchAgain();
      }
      awaitMarked(witness, limit);
      var _ = process.terminate(STOPPING);
      return firstToLast(graceEnds, witness.marked());
    } finally {
      heal();
    }
  }

  /**
   * Machines die one after the other.
   *
   * @param apart how long it is from one to the next
   * @return for each, seconds from the end of its grace to its being Unknown
   */
  List<Double> dieSingly(Map<String, String> flags, int nodes, Duration apart) {
    try (var witness = new OutageWitness(plane.admin(), time);
        var process = Contender.PROGRAM.start(folder, kubeconfig, flags)) {
      process.awaitSynced();
      Pause.of(SETTLING);
      var graceEnds = new HashMap<String, Instant>();
      for (int i = 0; i < nodes; i++) {
        // From all zones, so that each keeps going on as usual.
        var name = node(i * load.size().nodes() / nodes);
        load.kubelets().stopAfterHeartbeat(name);
        graceEnds.put(name, time.now().plus(GRACE));
        Pause.of(apart);
      }
      await(GRACE.multipliedBy(3), "all Unknown", () -> witness.unknown().size() >= nodes);
      var _ = process.terminate(STOPPING);
      graceEnds.keySet().forEach(load.kubelets()::resumeHeartbeats);
      return graceEnds.keySet().stream()
          .map(name -> delay(graceEnds, witness.unknown(), name))
          .sorted()
          .toList();
    } finally {
      heal();
    }
  }

  /** What a controller takes when nothing but heartbeats happens. */
  ProcessUsage atRest(Contender contender, int qps) {
    try (var process = contender.start(folder, kubeconfig, flags(qps))) {
      process.awaitSynced();
      Pause.of(SETTLING);
      Pause.of(rest);
      var usage = process.usage();
      var _ = process.terminate(STOPPING);
      return usage;
    }
  }

  /** Seconds of CPU a second when nothing but heartbeats happens. */
  double cpuAtRest(Contender contender, int qps) {
    try (var process = contender.start(folder, kubeconfig, flags(qps))) {
      process.awaitSynced();
      Pause.of(SETTLING);
      var before = process.usage();
      Pause.of(rest.multipliedBy(2));
      var after = process.usage();
      var _ = process.terminate(STOPPING);
      return (after.cpuSeconds() - before.cpuSeconds()) / rest.multipliedBy(2).toSeconds();
    }
  }

  private int deadNodes() {
    return load.size().nodesPerZone();
  }

  /** When the grace of each ends; the API server has its last heartbeat by the time it counts. */
  private Map<String, Instant> kill() {
    var graceEnds = new ConcurrentHashMap<String, Instant>();
    ClusterLoad.parallel(
        deadNodes(),
        i -> {
          load.kubelets().stopAfterHeartbeat(node(i));
          graceEnds.put(node(i), time.now().plus(GRACE));
        });
    return graceEnds;
  }

  private void awaitJudged(OutageWitness witness, Duration limit) {
    await(limit, "all nodes judged", () -> witness.judged().size() >= deadNodes());
  }

  private void awaitMarked(OutageWitness witness, Duration limit) {
    var pods = deadNodes() * load.size().podsPerNode();
    await(limit, "all pods not Ready", () -> witness.marked().size() >= pods);
  }

  private void awaitQuiet() {
    for (int i = 0; i < QUIET_TRIES; i++) {
      var before = requests.requests();
      Pause.of(QUIET);
      if (requests.requests() - before < REQUESTS_WHEN_QUIET) {
        return;
      }
    }
  }

  private static void await(Duration limit, String what, BooleanSupplier condition) {
    if (!Pause.until(limit, condition)) {
      throw new IllegalStateException("after " + limit.toSeconds() + " s there is not: " + what);
    }
  }

  private void cordon(String node, boolean isCordoned) {
    plane
        .admin()
        .mergePatch(
            "/api/v1/nodes/" + node,
            ApiClient.json("{\"spec\": {\"unschedulable\": %s}}".formatted(isCordoned)))
        .orThrow();
  }

  /** Everything is as before, whatever a controller has left undone. */
  private void heal() {
    ClusterLoad.parallel(deadNodes(), i -> load.kubelets().resumeHeartbeats(node(i)));
    var none = ApiClient.json("{\"spec\": {\"taints\": null}}");
    ClusterLoad.parallel(
        load.size().nodes(),
        i -> plane.admin().mergePatch("/api/v1/nodes/" + node(i), none).orThrow());
    load.readyPods(deadNodes());
  }

  private static double latest(Map<String, Instant> from, Map<String, Instant> to) {
    return from.keySet().stream().mapToDouble(name -> delay(from, to, name)).max().orElseThrow();
  }

  private static double firstToLast(Map<String, Instant> from, Map<String, Instant> to) {
    return seconds(Collections.min(from.values()), Collections.max(to.values()));
  }

  private static double delay(Map<String, Instant> from, Map<String, Instant> to, String name) {
    return seconds(from.getOrDefault(name, Instant.EPOCH), to.getOrDefault(name, Instant.EPOCH));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
