package io.nodelifecycle.benchmark;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LifecycleController;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.ListBegin;
import io.nodelifecycle.core.Observation.ListEnd;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeLabels;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Toleration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A controller that knows a cluster in which all is well, and what its kubelets report. Nodes renew
 * their leases one after the other, each every ten seconds, or post their status in the same way.
 */
final class HealthyCluster {
  private static final Instant WALL = Instant.parse("2030-01-01T00:00:00Z");
  private static final Duration RENEWAL_PERIOD = Duration.ofSeconds(10);

  /**
   * After the start all nodes have the same deadline; this many rounds later each has its own, and
   * the time of patience is over.
   */
  private static final int ROUNDS_OF_SETTLING = 12;

  private static final int ZONES = 4;
  private static final List<Toleration> USUAL_TOLERATIONS =
      List.of(
          new Toleration("node.kubernetes.io/not-ready", "Exists", "", "NoExecute", 300L),
          new Toleration("node.kubernetes.io/unreachable", "Exists", "", "NoExecute", 300L));

  private final LifecycleController controller = new LifecycleController(CorePolicy.defaults());
  private final Duration pause;

  /** Two for each node, so that each differs from the one before, and none is made in a run. */
  private final List<List<Observation>> renewals;

  private final List<List<Observation>> posts;
  private Instant now = Instant.EPOCH;
  private int round;
  private int next;

  /** A controller that has known the cluster for two minutes. */
  HealthyCluster(int nodes, int podsPerNode) {
    pause = RENEWAL_PERIOD.dividedBy(nodes);
    renewals = List.of(renewals(nodes, 1_000_000), renewals(nodes, 2_000_000));
    posts = List.of(nodes(nodes, WALL), nodes(nodes, WALL.plusSeconds(1)));
    list(Resource.NODES, posts.getFirst());
    list(Resource.LEASES, renewals.getLast());
    list(Resource.PODS, pods(nodes, podsPerNode));
    for (var i = 0; i < nodes * ROUNDS_OF_SETTLING; i++) {
      if (renewNext().stream().anyMatch(Action.Request.class::isInstance)) {
        throw new IllegalStateException("a healthy cluster needs no request");
      }
    }
  }

  private static List<Observation> renewals(int nodes, int firstVersion) {
    var seen = new ArrayList<Observation>();
    for (var i = 0; i < nodes; i++) {
      seen.add(new LeaseSeen("node-" + i, Integer.toString(firstVersion + i)));
    }
    return List.copyOf(seen);
  }

  private static List<Observation> nodes(int nodes, Instant heartbeat) {
    var seen = new ArrayList<Observation>();
    for (var i = 0; i < nodes; i++) {
      seen.add(new NodeSeen(node(i, heartbeat), false, heartbeat));
    }
    return List.copyOf(seen);
  }

  private static NodeSnapshot node(int index, Instant heartbeat) {
    var labels =
        Map.of(
            NodeLabels.OS, "linux",
            NodeLabels.OS_BETA, "linux",
            NodeLabels.ARCH, "amd64",
            NodeLabels.ARCH_BETA, "amd64",
            NodeLabels.REGION, "eu",
            NodeLabels.ZONE, "eu-" + index % ZONES);
    return new NodeSnapshot(
        "node-" + index,
        "uid-of-node-" + index,
        "1",
        WALL,
        labels,
        List.of(),
        false,
        List.of(
            condition(NodeCondition.MEMORY_PRESSURE, ConditionStatus.FALSE, heartbeat),
            condition(NodeCondition.DISK_PRESSURE, ConditionStatus.FALSE, heartbeat),
            condition(NodeCondition.PID_PRESSURE, ConditionStatus.FALSE, heartbeat),
            condition(NodeCondition.READY, ConditionStatus.TRUE, heartbeat)));
  }

  private static NodeCondition condition(String type, ConditionStatus status, Instant heartbeat) {
    return new NodeCondition(type, status, heartbeat, WALL);
  }

  private static List<Observation> pods(int nodes, int podsPerNode) {
    var seen = new ArrayList<Observation>();
    for (var i = 0; i < nodes * podsPerNode; i++) {
      seen.add(new PodSeen(pod(i, "node-" + i % nodes), true, WALL));
    }
    return seen;
  }

  private static PodSnapshot pod(int index, String nodeName) {
    return new PodSnapshot(
        new PodKey("default", "pod-" + index, "uid-of-pod-" + index),
        "1",
        nodeName,
        USUAL_TOLERATIONS,
        ConditionStatus.TRUE,
        false,
        false,
        WALL,
        false,
        false,
        Map.of());
  }

  private void list(Resource resource, List<Observation> seen) {
    controller.observe(new ListBegin(resource), now);
    seen.forEach(each -> controller.observe(each, now));
    controller.observe(new ListEnd(resource), now);
  }

  /** What decides. */
  LifecycleController controller() {
    return controller;
  }

  Instant now() {
    return now;
  }

  /** The next node's lease is renewed, and what follows is decided. */
  List<Action> renewNext() {
    return report(renewals);
  }

  /** The next node's kubelet posts its status with a new heartbeat, and what follows is decided. */
  List<Action> postNext() {
    return report(posts);
  }

  private List<Action> report(List<List<Observation>> reports) {
    now = now.plus(pause);
    controller.observe(reports.get(round % 2).get(next), now);
    next++;
    if (next == reports.getFirst().size()) {
      next = 0;
      round++;
    }
    return controller.advance(now);
  }

  /** A new renewal of each node. */
  List<Observation> renewAll() {
    round++;
    return renewals.get(round % 2);
  }
}
