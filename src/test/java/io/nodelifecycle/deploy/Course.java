package io.nodelifecycle.deploy;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.DeployedAccount;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.PortClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Some seconds of a small cluster in which the program has to do everything that it ever does: one
 * node is silent, somebody taints another and takes it back, two are well, and a pod comes late.
 */
final class Course implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(250);
  private static final int TICKS_MAX = 160;
  private static final int TICKS_OF_A_MIND = 2;
  private static final Duration HEARTBEATS = Duration.ofMillis(500);
  private static final int OK = 200;
  private static final Duration AFTERWARDS = Duration.ofMillis(500);

  private static final String SILENT = "silent";
  private static final String FICKLE = "fickle";
  private static final String MINUTES =
      "{\"effect\": \"NoExecute\", \"operator\": \"Exists\", \"tolerationSeconds\": 600}";
  private static final List<String> WELL = List.of("well-1", "well-2");

  private static final String NODES = "/api/v1/nodes/";
  private static final String PODS = "/api/v1/namespaces/default/pods/";
  private static final String DAEMON_SETS = "/apis/apps/v1/namespaces/default/daemonsets";
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/node-lifecycle-controller";

  private static final Map<String, String> FLAGS =
      Map.ofEntries(
          Map.entry("node-monitor-period", "500ms"),
          Map.entry("node-monitor-grace-period", "2500ms"),
          Map.entry("node-startup-grace-period", "2500ms"),
          Map.entry("node-eviction-rate", "10"),
          Map.entry("secondary-node-eviction-rate", "10"),
          Map.entry("leader-elect-lease-duration", "6s"),
          Map.entry("leader-elect-renew-deadline", "4s"),
          Map.entry("leader-elect-retry-period", "1s"),
          Map.entry("bind-address", "127.0.0.1"));

  private final ControlPlane plane;
  private final Mode mode;
  private final FakeKubelets kubelets;
  private final int port = ControlPlane.freePort();
  private final PortClient scraper;
  private final PortClient operator;
  private boolean isLateThere;
  private String firstRenewal = "";

  /** How pods come away from a silent node. */
  enum Mode {
    /** For its taint. */
    TAINTS(Map.of()),

    /** When it has been silent for a time, which is where DaemonSets count. */
    TIMEOUT(Map.of("enable-taint-manager", "false", "pod-eviction-timeout", "1s"));

    private final Map<String, String> flags;

    Mode(Map<String, String> flags) {
      this.flags = flags;
    }

    /** What has to come of it for the cluster, in this mode. */
    Set<Fact> facts() {
      var facts = EnumSet.complementOf(SERVED);
      facts.removeAll(this == TAINTS ? Set.of(Fact.SPARED) : Set.of(Fact.TAINTED, Fact.COUNTED));
      return facts;
    }
  }

  /** What comes of it, as everyone can see. */
  enum Fact {
    /** Somebody holds the election's lease. */
    LED,
    /** And has renewed it. */
    RENEWED,
    /** The label of the silent node's operating system has its copy. */
    LABELLED,
    /** The silent node is Unknown. */
    UNKNOWN,
    /** It has the taint that evicts. */
    TAINTED,
    /** Its pod is not ready any more. */
    MARKED,
    /** Its pod is deleted. */
    EVICTED,
    /** A pod that came to it after the start is deleted, too. */
    LATE_EVICTED,
    /** But not that of a DaemonSet which came after the start. */
    SPARED,
    /** There is an event about the silent node. */
    NOTED,
    /** An event about the fickle node's pod has happened more than once. */
    COUNTED,
    /** Who may read metrics gets them by its token. */
    SCRAPED,
    /** Who has a client certificate of the cluster's authority is known by it. */
    CERTIFIED
  }

  /** What the secure port does, whatever becomes of the cluster. */
  static final EnumSet<Fact> SERVED = EnumSet.of(Fact.SCRAPED, Fact.CERTIFIED);

  private Course(ControlPlane plane, Mode mode) {
    this.plane = plane;
    this.mode = mode;
    this.kubelets = new FakeKubelets(plane.admin(), HEARTBEATS);
    this.scraper = PortClient.withToken(port, DeployedAccount.scraperToken(plane));
    this.operator =
        PortClient.withCertificate(
            port, plane.authority().issueClient("operator", List.of("system:masters")));
  }

  /** Empties the control plane and makes the cluster. */
  static Course begin(ControlPlane plane, Mode mode) {
    plane.clear();
    plane.admin().delete(LEASE);
    plane.admin().delete(DAEMON_SETS).orThrow();
    var course = new Course(plane, mode);
    Stream.concat(Stream.of(SILENT, FICKLE), WELL.stream()).forEach(course::register);
    course.kubelets.stopHeartbeats(SILENT);
    course.run("web", SILENT, "");
    course.run("torn", FICKLE, MINUTES);
    return course;
  }

  private void register(String node) {
    kubelets.join(node, Map.of("kubernetes.io/os", "linux"));
  }

  private void run(String pod, String node, String tolerations) {
    kubelets.runPod(
        "default",
        ApiClient.json(
            """
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": "%s", "labels": {"app": "%s"}},
             "spec": {"nodeName": "%s", "tolerations": [%s],
               "containers": [{"name": "c", "image": "i"}]}}
            """
                .formatted(pod, pod, node, tolerations)));
  }

  /** Starts the program for it. */
  ControllerProcess start(Path folder, Path kubeconfig) {
    var flags = new HashMap<>(FLAGS);
    flags.putAll(mode.flags);
    var arguments = new ArrayList<String>();
    flags.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    arguments.add("--secure-port=" + port);
    arguments.add("--kubeconfig=" + kubeconfig);
    return ControllerProcess.program(folder, arguments);
  }

  /**
   * Lets time pass until these facts have come and the other condition holds, less than a minute,
   * and a moment more: what there is then.
   */
  Set<Fact> play(ControllerProcess process, Set<Fact> awaited, BooleanSupplier condition) {
    for (int tick = 0; tick < TICKS_MAX; tick++) {
      if (!isLateThere && process.output().contains("caches synced")) {
        comeLate();
      }
      if (tick % TICKS_OF_A_MIND == 0) {
        setTaint(tick % (2 * TICKS_OF_A_MIND) == 0);
      }
      if (facts().containsAll(awaited) && condition.getAsBoolean()) {
        break;
      }
      Pause.of(TICK);
    }
    Pause.of(AFTERWARDS);
    return facts();
  }

  /** Somebody taints the fickle node, or takes that back: its pod has minutes until it must go. */
  private void setTaint(boolean isOn) {
    var taint = "{\"key\": \"example.com/mind\", \"effect\": \"NoExecute\"}";
    var spec = "{\"spec\": {\"taints\": [" + (isOn ? taint : "") + "]}}";
    plane.admin().mergePatch(NODES + FICKLE, ApiClient.json(spec)).orThrow();
  }

  /** The DaemonSet first, and a moment before its pod: its watch is another one. */
  private void comeLate() {
    isLateThere = true;
    if (mode == Mode.TIMEOUT) {
      var daemonSet =
          """
          {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "agent"},
           "spec": {"selector": {"matchLabels": {"app": "agent"}},
             "template": {"metadata": {"labels": {"app": "agent"}},
               "spec": {"containers": [{"name": "c", "image": "i"}]}}}}
          """;
      plane.admin().post(DAEMON_SETS, ApiClient.json(daemonSet)).orThrow();
      Pause.of(AFTERWARDS);
      run("agent", SILENT, "");
    }
    run("late", SILENT, "");
  }

  /** What there is now. */
  private Set<Fact> facts() {
    var facts = EnumSet.noneOf(Fact.class);
    var lease = plane.admin().get(LEASE).body().path("spec");
    addIf(facts, Fact.LED, !lease.path("holderIdentity").asString("").isEmpty());
    addIf(facts, Fact.RENEWED, isRenewed(lease.path("renewTime").asString("")));
    var node = plane.admin().get(NODES + SILENT).orThrow();
    addIf(facts, Fact.LABELLED, node.at("/metadata/labels").has("beta.kubernetes.io/os"));
    addIf(facts, Fact.UNKNOWN, ApiFields.condition(node, "Ready").equals("Unknown"));
    var taint = "node.kubernetes.io/unreachable:NoExecute";
    addIf(facts, Fact.TAINTED, ApiFields.taints(node).contains(taint));
    addIf(facts, Fact.MARKED, ApiFields.condition(pod("web"), "Ready").equals("False"));
    addIf(facts, Fact.EVICTED, isDeleting("web"));
    addIf(facts, Fact.LATE_EVICTED, isDeleting("late"));
    var isSpared = mode == Mode.TIMEOUT && isDeleting("late") && !isDeleting("agent");
    addIf(facts, Fact.SPARED, isSpared);
    addIf(facts, Fact.NOTED, events(SILENT, "NodeNotReady") > 0);
    addIf(facts, Fact.COUNTED, events("torn", "TaintManagerEviction") > 1);
    addIf(facts, Fact.SCRAPED, isServed(scraper));
    addIf(facts, Fact.CERTIFIED, isServed(operator));
    return facts;
  }

  private static boolean isServed(PortClient client) {
    try {
      return client.get("/metrics").code() == OK;
    } catch (UncheckedIOException _) {
      // The process has just begun, or has ended.
      return false;
    }
  }

  private boolean isRenewed(String renewal) {
    if (firstRenewal.isEmpty()) {
      firstRenewal = renewal;
    }
    return !renewal.equals(firstRenewal);
  }

  private JsonNode pod(String name) {
    return plane.admin().get(PODS + name).body();
  }

  private boolean isDeleting(String pod) {
    return pod(pod).path("metadata").hasNonNull("deletionTimestamp");
  }

  /** How often that happened to an object, as the counts of the events say. */
  private int events(String about, String reason) {
    return plane
        .admin()
        .items("/api/v1/namespaces/default/events")
        .filter(event -> event.at("/involvedObject/name").asString().equals(about))
        .filter(event -> event.path("reason").asString().equals(reason))
        .mapToInt(event -> event.path("count").asInt(0))
        .max()
        .orElse(0);
  }

  private static void addIf(Set<Fact> facts, Fact fact, boolean holds) {
    if (holds) {
      facts.add(fact);
    }
  }

  @Override
  public void close() {
    scraper.close();
    operator.close();
    kubelets.close();
  }
}
