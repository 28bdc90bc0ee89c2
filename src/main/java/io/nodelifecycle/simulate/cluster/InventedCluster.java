package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.sandbox.story.ClusterShape;
import io.nodelifecycle.sandbox.story.PodKind;
import io.nodelifecycle.simulate.engine.InitialCluster;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes up a healthy cluster of a size. Each node has the same number of pods; the replicas of a
 * workload are spread over nodes and zones. The same size gives the same cluster.
 */
public final class InventedCluster {
  /** How many nodes there may be. */
  public static final int NODES_MAX = 10_000;

  /** How many pods there may be on all nodes together. */
  public static final int PODS_MAX = 500_000;

  /** From so many pods on a node, two of them belong to DaemonSets; below, one at most. */
  private static final int FEW_PODS = 5;

  /** Sizes of workloads in turn; in a larger cluster the larger ones grow with it. */
  private static final List<Integer> SIZES = List.of(3, 1, 10, 2, 5, 20);

  private static final int ALWAYS_SMALL = 3;
  private static final int PODS_OF_SIZES = 3_000;
  private static final List<String> TEAMS = List.of("shop", "payments", "search", "data");
  private static final List<String> TITLES = List.of("web", "api", "worker", "cache", "db", "jobs");

  private final List<String> nodes;
  private final List<ObjectNode> pods = new ArrayList<>();
  private final List<ObjectNode> daemonSets = new ArrayList<>();
  private final InventedObjects objects;

  private InventedCluster(ClusterShape shape) {
    nodes = interleaved(shape);
    objects = new InventedObjects();
  }

  /**
   * A cluster with workloads as they are found in life: Deployments, StatefulSets and DaemonSets of
   * all sizes, in several namespaces, with the tolerations that Kubernetes gives them; every fifth
   * workload asks for 30 seconds instead of 300.
   *
   * @param nodes how many nodes in all zones together
   * @param zones how many zones, called eu-1a, eu-1b and so on
   * @param podsPerNode how many pods on each node
   */
  public static InitialCluster of(int nodes, int zones, int podsPerNode) {
    var names = ClusterShape.zoneNames(zones).stream().map(letter -> "eu-1" + letter).toList();
    var shape = new ClusterShape(names, nodes, List.of());
    var cluster = new InventedCluster(shape);
    cluster.populate(podsPerNode);
    return cluster.finish(shape, "eu-1");
  }

  /** The cluster of a story. */
  public static InitialCluster of(ClusterShape shape) {
    var cluster = new InventedCluster(shape);
    for (var kind : shape.pods()) {
      switch (kind.owner()) {
        case DEPLOYMENT -> cluster.addSpread(Workload.of("Deployment", kind), kind.perNode());
        case NONE -> cluster.addSpread(Workload.of("Pod", kind), kind.perNode());
        case DAEMONSET -> cluster.addOnEveryNode(Workload.of("DaemonSet", kind), kind.perNode());
      }
    }
    return cluster.finish(shape, "sandbox");
  }

  /**
   * What pods belong to.
   *
   * @param kind {@code Pod} for pods that belong to nothing
   */
  record Workload(String kind, String namespace, String name, List<Toleration> tolerations) {
    String title() {
      return namespace + "/" + kind + "/" + name;
    }

    private static Workload of(String owner, PodKind kind) {
      return new Workload(owner, "default", kind.name(), kind.tolerations());
    }
  }

  /** The first node of every zone, then the second of every zone, and so on. */
  private static List<String> interleaved(ClusterShape shape) {
    var zones = List.copyOf(shape.nodesByZone().values());
    var mixed = new ArrayList<String>();
    for (int i = 0; mixed.size() < shape.nodes(); i++) {
      for (var zone : zones) {
        if (i < zone.size()) {
          mixed.add(zone.get(i));
        }
      }
    }
    return mixed;
  }

  private InitialCluster finish(ClusterShape shape, String region) {
    var made = new ArrayList<ObjectNode>();
    shape
        .nodesByZone()
        .forEach((zone, names) ->
            names.forEach(name -> made.add(InventedObjects.node(name, region, zone))));
    return new InitialCluster(made, pods, daemonSets);
  }

  private void populate(int podsPerNode) {
    int daemons = podsPerNode >= FEW_PODS ? 2 : podsPerNode / 2;
    if (daemons > 0) {
      addOnEveryNode(
          new Workload("DaemonSet", "kube-system", "kube-proxy", Tolerations.EVERYTHING), 1);
    }
    if (daemons > 1) {
      addOnEveryNode(
          new Workload("DaemonSet", "monitoring", "node-exporter", Tolerations.DAEMON), 1);
    }
    int wanted = (podsPerNode - daemons) * nodes.size();
    int growth = Math.max(1, wanted / PODS_OF_SIZES);
    int place = 0;
    for (int number = 0; place < wanted; number++) {
      int size = SIZES.get(number % SIZES.size());
      int replicas = Math.min(wanted - place, size <= ALWAYS_SMALL ? size : size * growth);
      addReplicas(workload(number), replicas, place);
      place += replicas;
    }
  }

  private static Workload workload(int number) {
    var title = TITLES.get(number % TITLES.size());
    var kind = title.equals("db") ? "StatefulSet" : "Deployment";
    var tolerations = number % 5 == 4 ? Tolerations.of(30) : Tolerations.of(300);
    var name = title + "-" + (1 + number / TITLES.size());
    return new Workload(kind, TEAMS.get(number / 2 % TEAMS.size()), name, tolerations);
  }

  private void addOnEveryNode(Workload workload, int perNode) {
    if (perNode > 0) {
      daemonSets.add(InventedObjects.daemonSet(workload));
    }
    addReplicas(workload, perNode * nodes.size(), 0);
  }

  private void addSpread(Workload workload, int perNode) {
    addReplicas(workload, perNode * nodes.size(), 0);
  }

  private void addReplicas(Workload workload, int replicas, int firstPlace) {
    for (int i = 0; i < replicas; i++) {
      pods.add(objects.pod(workload, i, nodes.get((firstPlace + i) % nodes.size())));
    }
  }
}
