package io.nodelifecycle.testing;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills a cluster with nodes that renew their leases, and with pods as deployments make them. The
 * nodes are {@code node-0}, {@code node-1}, …, in zones one after the other.
 */
public final class ClusterLoad implements AutoCloseable {
  /** Requests under way at a time. */
  private static final int AT_ONCE = 32;

  private static final String TEMPLATE = template();

  private final ApiClient api;
  private final FakeKubelets kubelets;
  private final Size size;

  /**
   * How much it is.
   *
   * @param nodes how many nodes
   * @param podsPerNode how many pods each node has
   * @param nodesPerZone how many nodes each zone has
   */
  public record Size(int nodes, int podsPerNode, int nodesPerZone) {
    /** All pods together. */
    public int pods() {
      return nodes * podsPerNode;
    }
  }

  /**
   * Nothing is there yet.
   *
   * @param renewal how often each node renews its lease
   */
  public ClusterLoad(ApiClient api, Size size, Duration renewal) {
    this.api = api;
    this.size = size;
    this.kubelets = new FakeKubelets(api, renewal);
  }

  /** The machines of the nodes. */
  public FakeKubelets kubelets() {
    return kubelets;
  }

  /** How much it is. */
  public Size size() {
    return size;
  }

  /** The name of a node. */
  public static String node(int index) {
    return "node-" + index;
  }

  /** The name of a pod. */
  public static String pod(int index) {
    return "service-6c8d7f9b5d-%06d".formatted(index);
  }

  /**
   * Creates nodes and pods.
   *
   * @param isReady whether the pods of the node of this number are ready
   */
  public void fill(IntPredicate isReady) {
    parallel(
        size.nodes,
        i -> {
          var labels = Map.of("topology.kubernetes.io/zone", "zone-" + i / size.nodesPerZone);
          kubelets.join(node(i), labels);
        });
    addPods(0, size.podsPerNode, isReady);
  }

  /**
   * Creates pods on all nodes.
   *
   * @param from how many there are on each node already
   * @param to how many there are then
   * @param isReady whether the pods of the node of this number are ready
   */
  public void addPods(int from, int to, IntPredicate isReady) {
    var count = to - from;
    parallel(
        size.nodes * count,
        i -> {
          var node = i % size.nodes;
          var number = (from + i / size.nodes) * size.nodes + node;
          var pod = pod(number, node);
          if (isReady.test(node)) {
            kubelets.runPod("default", pod);
          } else {
            api.post("/api/v1/namespaces/default/pods", pod).orThrow();
          }
        });
  }

  /** A pod on the node of this number as it is created. */
  public static ObjectNode pod(int number, int node) {
    return (ObjectNode) ApiClient.json(TEMPLATE.formatted(pod(number), node, node(node)));
  }

  /** The pods of the first nodes are ready again. */
  public void readyPods(int nodes) {
    parallel(
        nodes * size.podsPerNode,
        i -> {
          var number = i / nodes * size.nodes + i % nodes;
          kubelets.setReady("default", pod(number), true);
        });
  }

  /** Does it for 0 to count - 1, a bounded number of them at a time, and throws what one threw. */
  public static void parallel(int count, IntConsumer task) {
    try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
      var all =
          IntStream.range(0, count)
              .mapToObj(i -> CompletableFuture.runAsync(() -> task.accept(i), pool))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(all).join();
    }
  }

  /**
   * A pod as deployments make them: labels, two containers with environments, volumes; what it
   * tolerates it tolerates for longer than any test takes.
   */
  private static String template() {
    var container =
        """
        {"name": "CONTAINER", "image": "registry.example.com/team/service:1.24.3", "env": [ENV],
         "ports": [{"containerPort": 8080, "name": "http"}],
         "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}},
         "volumeMounts": [{"name": "settings", "mountPath": "/etc/service"}],
         "livenessProbe": {"httpGet": {"path": "/healthz", "port": "http"}}}
        """
            .replace(
                "ENV",
                IntStream.range(0, 12)
                    .mapToObj(
                        "{\"name\": \"SETTING_%1$s\", \"value\": \"a value of it %1$s\"}"
                            ::formatted)
                    .collect(Collectors.joining(", ")));
    return """
    {"metadata": {"name": "%%s",
      "labels": {"app.kubernetes.io/name": "service", "app.kubernetes.io/part-of": "shop",
        "pod-template-hash": "6c8d7f9b5d", "node": "%%d"},
      "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "controller": true,
        "name": "service-6c8d7f9b5d", "uid": "00000000-0000-0000-0000-0000000000d5"}]},
     "spec": {"nodeName": "%%s", "containers": [%s, %s],
      "volumes": [{"name": "settings", "configMap": {"name": "service"}}],
      "tolerations": [
        {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute",
         "tolerationSeconds": 7200},
        {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute",
         "tolerationSeconds": 7200}]}}
    """
        .formatted(container.replace("CONTAINER", "main"), container.replace("CONTAINER", "proxy"));
  }

  /** All nodes fall silent; everything stays. */
  @Override
  public void close() {
    kubelets.close();
  }
}
