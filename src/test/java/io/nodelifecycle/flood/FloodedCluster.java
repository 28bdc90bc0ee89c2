package io.nodelifecycle.flood;

import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.http.SandboxApiServer;
import io.nodelifecycle.sandbox.http.SentRequest;
import io.nodelifecycle.sandbox.http.ServerOptions;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.Stopwatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A cluster in memory behind real sockets. Its nodes renew their leases every second until they
 * die, whatever else happens; it takes note of every node that is declared silent, and counts what
 * is asked of it.
 */
final class FloodedCluster implements AutoCloseable {
  /** How long a node may be silent: short, so that who does not hear heartbeats is soon wrong. */
  static final Duration GRACE = Duration.ofSeconds(8);

  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration BETWEEN_CHANGES = Duration.ofMillis(1);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final String SILENT = "Kubelet stopped posting node status.";

  private final InstantSource clock = InstantSource.system();
  private final SandboxCluster cluster;
  private final SandboxApiServer server;
  private final Set<String> alive = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> silent = new ConcurrentHashMap<>();
  private final AtomicInteger writes = new AtomicInteger();
  private final Thread kubelets;

  private FloodedCluster(int history) throws IOException {
    cluster = new SandboxCluster(1, history, clock.instant());
    cluster.listen(this::changed);
    var options =
        ServerOptions.STANDARD.withWitness((request, action) -> {
          count(request);
          return action.get();
        });
    server = SandboxApiServer.start(cluster, 0, options, clock);
    kubelets = Thread.ofPlatform().name("kubelets").daemon().start(this::renewLeases);
  }

  /**
   * An empty cluster.
   *
   * @param history how many changes of each resource are kept: who falls further behind has to list
   */
  static FloodedCluster start(int history) {
    try {
      return new FloodedCluster(history);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the API server", e);
    }
  }

  /** The flags with which the program finds this cluster and is impatient. */
  List<String> flags(int requestsPerSecond) {
    return List.of(
        "--master=" + server.baseUri(),
        "--leader-elect=false",
        "--secure-port=0",
        "--node-monitor-period=1s",
        "--node-monitor-grace-period=" + GRACE.toSeconds() + "s",
        "--kube-api-qps=" + requestsPerSecond,
        "--kube-api-burst=" + requestsPerSecond);
  }

  private void count(SentRequest request) {
    if (!request.call().method().equals("GET")) {
      writes.incrementAndGet();
    }
  }

  private void changed(WatchEvent event) {
    var object = event.object();
    if (object.type() == ResourceType.NODES && !silent.containsKey(object.name())) {
      var text = new String(object.json(), StandardCharsets.ISO_8859_1);
      if (text.contains(SILENT)) {
        silent.put(object.name(), clock.instant());
      }
    }
  }

  private void renewLeases() {
    while (!Thread.currentThread().isInterrupted()) {
      for (var node : alive) {
        var _ = cluster.renewLease(ObjectRef.nodeLease(node), micros(), clock.instant());
      }
      try {
        Pause.of(RENEWAL);
      } catch (IllegalStateException _) {
        return;
      }
    }
  }

  /** Now, as leases say it. */
  private String micros() {
    return MICROS.format(clock.instant());
  }

  /** Adds a healthy node, which renews its lease from now on. */
  void addNode(String name, String zone) {
    var now = Json.time(clock.instant());
    var node =
        """
        {"metadata": {"name": "%s", "labels": {"topology.kubernetes.io/zone": "%s"}},
         "spec": {"taints": []},
         "status": {"conditions": [
           {"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "fine",
            "lastHeartbeatTime": "%s", "lastTransitionTime": "%s"}]}}
        """;
    var lease =
        """
        {"metadata": {"name": "%s"},
         "spec": {"holderIdentity": "%s", "leaseDurationSeconds": 40, "renewTime": "%s"}}
        """;
    restore(ResourceType.NODES, node.formatted(name, zone, now, now));
    var _ =
        cluster.create(
            ResourceType.LEASES,
            "kube-node-lease",
            Json.object(lease.formatted(name, name, micros())),
            clock.instant());
    alive.add(name);
  }

  /**
   * Adds a pod that runs and is ready.
   *
   * @param tolerations as JSON, an array
   */
  void addPod(String name, String node, String tolerations) {
    var pod =
        """
        {"metadata": {"name": "%s", "namespace": "default", "labels": {"app": "web"}},
         "spec": {"nodeName": "%s", "tolerations": %s,
                  "containers": [{"name": "main", "image": "registry.example.com/web:1"}]},
         "status": {"phase": "Running", "conditions": [
           {"type": "Ready", "status": "True", "lastTransitionTime": "%s"}]}}
        """;
    var now = Json.time(clock.instant());
    restore(ResourceType.PODS, pod.formatted(name, node, tolerations, now));
  }

  private void restore(ResourceType type, String object) {
    var _ = cluster.restore(type, Json.object(object), clock.instant());
  }

  /** What the tests may do besides: anything. */
  SandboxCluster objects() {
    return cluster;
  }

  /** Changes an object. */
  void change(ObjectRef ref, Part part, Consumer<ObjectNode> change) {
    var _ =
        cluster.modify(
            ref,
            part,
            tree -> {
              change.accept(tree);
              return tree;
            },
            clock.instant());
  }

  /** The machine is gone: its lease is not renewed any more. */
  void die(String node) {
    alive.remove(node);
  }

  /** The nodes that were declared silent, and when. */
  Map<String, Instant> silent() {
    return silent;
  }

  /** How many writes the program has asked for, events included. */
  int writes() {
    return writes.get();
  }

  /** The status of an object's condition; empty if it has none. */
  static String condition(JsonNode object, String type) {
    return Json.at(object, "status", "conditions")
        .valueStream()
        .filter(condition -> Json.text(condition, "type").equals(type))
        .map(condition -> Json.text(condition, "status"))
        .findFirst()
        .orElse("");
  }

  /** A node's taints as key:effect. */
  List<String> taints(String node) {
    return Json.at(cluster.get(ObjectRef.node(node)).tree(), "spec", "taints")
        .valueStream()
        .map(taint -> Json.text(taint, "key") + ":" + Json.text(taint, "effect"))
        .toList();
  }

  /** Whether the pod was deleted, or is about to end. */
  boolean isEnding(String pod) {
    return cluster
        .find(ObjectRef.pod("default", pod))
        .map(found -> found.isTerminating())
        .orElse(true);
  }

  /**
   * Does something over and over, with a number that counts.
   *
   * @param rate how often a second, if it can be done so often
   * @return how often a second it was done
   */
  static double flood(int rate, Duration duration, IntConsumer change) {
    var elapsed = Stopwatch.startingAt(0);
    var seconds = duration.toMillis() / 1000.0;
    var done = 0;
    while (elapsed.getAsDouble() < seconds) {
      var due = elapsed.getAsDouble() * rate;
      while (done < due && elapsed.getAsDouble() < seconds) {
        change.accept(done++);
      }
      Pause.of(BETWEEN_CHANGES);
    }
    return done / elapsed.getAsDouble();
  }

  @Override
  public void close() {
    kubelets.interrupt();
    server.close();
  }
}
