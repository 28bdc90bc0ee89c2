package io.nodelifecycle.testing;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
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

  private static final int CONFLICT = 409;
  private static final int UNWELL = 500;
  private static final int LEASE_TRIES = 20;
  private static final Duration LEASE_RETRY = Duration.ofMillis(500);
  private static final String NODES = "/api/v1/nodes";
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final ApiClient client;

  /** By node, which of its series of heartbeats goes on; a series that was stopped has no entry. */
  private final Map<String, Heartbeats> heartbeats = new ConcurrentHashMap<>();

  /** By node, how far its clock is ahead. */
  private final Map<String, Duration> ahead = new ConcurrentHashMap<>();

  private final Map<String, Map<String, Posted>> posted = new ConcurrentHashMap<>();
  private final AtomicLong started = new AtomicLong();
  private final ScheduledExecutorService clock =
      new ScheduledThreadPoolExecutor(1, new DiscardPolicy());
  private final ExecutorService renewals = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration interval;
  private final boolean isInStep;
  private final long created = System.nanoTime();

  private record Posted(String status, Instant transition) {}

  /** A series of heartbeats: renewals of the lease, or of the status, or of both. */
  private record Heartbeats(long series, boolean lease, boolean status) {}

  /** Kubelets that renew their leases at the interval given, each from when it began. */
  public FakeKubelets(ApiClient client, Duration interval) {
    this(client, interval, false);
  }

  private FakeKubelets(ApiClient client, Duration interval, boolean isInStep) {
    this.client = client;
    this.interval = interval;
    this.isInStep = isInStep;
  }

  /**
   * Kubelets that renew their leases all at the same moments: what follows when they stop at once
   * does not depend on how long it took to register them.
   */
  public static FakeKubelets inStep(ApiClient client, Duration interval) {
    return new FakeKubelets(client, interval, true);
  }

  /** A node appears, with these labels and nothing else. */
  public void register(String node, Map<String, String> labels) {
    var body = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Node");
    var own = body.putObject("metadata").put("name", node).putObject("labels");
    labels.forEach(own::put);
    register(body);
  }

  /** A node appears, as it is. */
  public void register(JsonNode node) {
    client.post(NODES, node).orThrow();
    posted.remove(node.at("/metadata/name").asString());
  }

  /** A node appears with these labels, is healthy, and renews its lease from now on. */
  public void join(String node, Map<String, String> labels) {
    register(node, labels);
    postConditions(node, HEALTHY);
    startHeartbeats(node);
  }

  /** The node's kubelet posts these statuses by condition; other conditions stay as they are. */
  public void postConditions(String node, Map<String, String> statuses) {
    var now = now(node);
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
    setHeartbeats(node, true, false);
  }

  /**
   * From now on the node's kubelet renews its lease, which it creates if there is none, or posts
   * its status, or both; the first time one interval from now.
   */
  public void setHeartbeats(String node, boolean lease, boolean status) {
    if (lease) {
      createLease(node);
    }
    if (lease || status) {
      begin(node, lease, status);
    } else {
      stopHeartbeats(node);
    }
  }

  /** As kubelets do, it tries again while the API server is unwell, just after a start say. */
  private void createLease(String node) {
    var body =
        JSON.createObjectNode().put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
    body.putObject("metadata").put("name", node);
    body.putObject("spec")
        .put("holderIdentity", node)
        .put("leaseDurationSeconds", 40)
        .put("renewTime", MICROSECONDS.format(now(node)));
    var created = client.post(LEASES, body);
    for (var tries = 1; created.status() >= UNWELL && tries < LEASE_TRIES; tries++) {
      Pause.of(LEASE_RETRY);
      created = client.post(LEASES, body);
    }
    if (created.status() != CONFLICT) {
      created.orThrow();
    }
  }

  /** The clock of the node's machine is that far ahead from now on; negative: behind. */
  public void setClock(String node, Duration difference) {
    ahead.put(node, difference);
  }

  private Instant now(String node) {
    return Instant.now().plus(ahead.getOrDefault(node, Duration.ZERO));
  }

  /** The node's kubelet falls silent after one last heartbeat, made now. */
  public void stopAfterHeartbeat(String node) {
    var last = heartbeats.remove(node);
    if (last != null) {
      beat(node, last);
    }
  }

  /** The node's kubelet falls silent. */
  public void stopHeartbeats(String node) {
    heartbeats.remove(node);
  }

  /** The node's kubelet comes back: it posts a healthy status, then renews its lease again. */
  public void resumeHeartbeats(String node) {
    posted.remove(node);
    postConditions(node, HEALTHY);
    begin(node, true, false);
  }

  /** Creates a pod and says that it runs and is ready. */
  public void runPod(String namespace, JsonNode pod) {
    client.post("/api/v1/namespaces/" + namespace + "/pods", pod).orThrow();
    setReady(namespace, pod.at("/metadata/name").asString(), true);
  }

  /** A kubelet says that the pod runs, and whether it is ready. */
  public void setReady(String namespace, String pod, boolean isReady) {
    client
        .strategicPatch(
            "/api/v1/namespaces/%s/pods/%s/status".formatted(namespace, pod), running(isReady))
        .orThrow();
  }

  private static ObjectNode running(boolean isReady) {
    var now = seconds(Instant.now());
    var body = JSON.createObjectNode();
    var status = body.putObject("status").put("phase", "Running").put("startTime", now);
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", isReady ? "True" : "False")
        .put("lastTransitionTime", now);
    return body;
  }

  private void begin(String node, boolean lease, boolean status) {
    var begun = new Heartbeats(started.incrementAndGet(), lease, status);
    heartbeats.put(node, begun);
    beatLater(node, begun);
  }

  /** Heartbeats of one node follow each other at the interval, however long each takes. */
  private void beatLater(String node, Heartbeats series) {
    var _ =
        clock.schedule(
            () -> renewals.execute(() -> beatOn(node, series)),
            interval.toNanos() - (isInStep ? sinceStep() : 0),
            TimeUnit.NANOSECONDS);
  }

  private long sinceStep() {
    return (System.nanoTime() - created) % interval.toNanos();
  }

  private void beatOn(String node, Heartbeats series) {
    if (!series.equals(heartbeats.get(node))) {
      return;
    }
    beatLater(node, series);
    try {
      beat(node, series);
    } catch (UncheckedIOException | IllegalStateException _) {
      // The API server is away or refuses: a kubelet tries again at its next interval.
      return;
    }
  }

  private void beat(String node, Heartbeats series) {
    if (series.lease()) {
      var body = JSON.createObjectNode();
      body.putObject("spec").put("renewTime", MICROSECONDS.format(now(node)));
      client.mergePatch(LEASES + "/" + node, body);
    }
    if (series.status()) {
      var statuses = new HashMap<>(HEALTHY);
      posted
          .getOrDefault(node, Map.of())
          .forEach((type, condition) -> statuses.put(type, condition.status()));
      postConditions(node, statuses);
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
