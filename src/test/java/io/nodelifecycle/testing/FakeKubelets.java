package io.nodelifecycle.testing;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nodes without machines: they register, post their conditions, renew their leases and say that
 * their pods run. They never finish the deletion of a pod.
 */
public final class FakeKubelets implements AutoCloseable {
  /** What a healthy kubelet posts. */
  public static final Map<String, String> HEALTHY =
      Map.of(
          "MemoryPressure",
          "False",
          "DiskPressure",
          "False",
          "PIDPressure",
          "False",
          "Ready",
          "True");

  /** A kubelet's reasons by condition; these kubelets do not change them with the status. */
  private static final Map<String, String> REASONS =
      Map.of(
          "MemoryPressure", "KubeletHasSufficientMemory",
          "DiskPressure", "KubeletHasNoDiskPressure",
          "PIDPressure", "KubeletHasSufficientPID",
          "Ready", "KubeletReady");

  private static final String NODES = "/api/v1/nodes";
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final ApiClient client;

  /** By node, which of its series of renewals goes on; a series that was stopped has no entry. */
  private final Map<String, Long> heartbeats = new ConcurrentHashMap<>();

  private final Map<String, Map<String, Posted>> posted = new ConcurrentHashMap<>();
  private final AtomicLong started = new AtomicLong();
  private final ScheduledExecutorService clock =
      new ScheduledThreadPoolExecutor(1, new DiscardPolicy());
  private final ExecutorService renewals = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration interval;

  private record Posted(String status, Instant transition) {}

  /** Kubelets that renew their leases at the interval given. */
  public FakeKubelets(ApiClient client, Duration interval) {
    this.client = client;
    this.interval = interval;
  }

  /** A node appears, with these labels and nothing else. */
  public void register(String node, Map<String, String> labels) {
    var body = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Node");
    var own = body.putObject("metadata").put("name", node).putObject("labels");
    labels.forEach(own::put);
    client.post(NODES, body).orThrow();
  }

  /** The node's kubelet posts these statuses by condition; other conditions stay as they are. */
  public void postConditions(String node, Map<String, String> statuses) {
    var now = Instant.now();
    var mine = posted.computeIfAbsent(node, _ -> new ConcurrentHashMap<>());
    var body = JSON.createObjectNode();
    var conditions = body.putObject("status").putArray("conditions");
    statuses.forEach((type, status) -> {
      var current =
          mine.merge(
              type,
              new Posted(status, now),
              (before, wanted) -> before.status().equals(status) ? before : wanted);
      conditions
          .addObject()
          .put("type", type)
          .put("status", status)
          .put("reason", REASONS.getOrDefault(type, "Set"))
          .put("message", "posted by a fake kubelet")
          .put("lastHeartbeatTime", seconds(now))
          .put("lastTransitionTime", seconds(current.transition()));
    });
    client.strategicPatch(NODES + "/" + node + "/status", body).orThrow();
  }

  /** The node's kubelet creates its lease and renews it from now on, one interval after another. */
  public void startHeartbeats(String node) {
    var body =
        JSON.createObjectNode().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    body.putObject("metadata").put("name", node);
    body.putObject("spec")
        .put("holderIdentity", node)
        .put("leaseDurationSeconds", 40)
        .put("renewTime", MICROSECONDS.format(Instant.now()));
    client.post(LEASES, body).orThrow();
    begin(node);
  }

  /** The node's kubelet falls silent. */
  public void stopHeartbeats(String node) {
    heartbeats.remove(node);
  }

  /** The node's kubelet comes back: it posts a healthy status, then renews its lease again. */
  public void resumeHeartbeats(String node) {
    posted.remove(node);
    postConditions(node, HEALTHY);
    begin(node);
  }

  /** Creates a pod and says that it runs and is ready. */
  public void runPod(String namespace, JsonNode pod) {
    var pods = "/api/v1/namespaces/" + namespace + "/pods";
    client.post(pods, pod).orThrow();
    var name = pod.at("/metadata/name").asString();
    client.strategicPatch(pods + "/" + name + "/status", running()).orThrow();
  }

  private static ObjectNode running() {
    var now = seconds(Instant.now());
    var body = JSON.createObjectNode();
    var status = body.putObject("status").put("phase", "Running").put("startTime", now);
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("lastTransitionTime", now);
    return body;
  }

  private void begin(String node) {
    var heartbeat = started.incrementAndGet();
    heartbeats.put(node, heartbeat);
    renewLater(node, heartbeat);
  }

  /** Renewals of one node follow each other at the interval, however long each takes. */
  private void renewLater(String node, long heartbeat) {
    var _ =
        clock.schedule(
            () -> renewals.execute(() -> renew(node, heartbeat)),
            interval.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void renew(String node, long heartbeat) {
    if (!Long.valueOf(heartbeat).equals(heartbeats.get(node))) {
      return;
    }
    renewLater(node, heartbeat);
    var body = JSON.createObjectNode();
    body.putObject("spec").put("renewTime", MICROSECONDS.format(Instant.now()));
    try {
      client.mergePatch(LEASES + "/" + node, body);
    } catch (UncheckedIOException _) {
      // The API server is away: a kubelet tries again at its next interval.
      return;
    }
  }

  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** All kubelets fall silent. */
  @Override
  public void close() {
    heartbeats.clear();
    clock.shutdownNow();
    renewals.close();
  }
}
