package io.nodelifecycle.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.parity.ReferenceCondition;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.AuditLog;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A dry run shows a whole outage, changes nothing, and does not repeat itself. */
@NeedsControlPlane
final class DryRunIT {
  private static final String TAINTS_USER = "dry-taints";
  private static final String TIMEOUT_USER = "dry-timeout";
  private static final Duration GRACE = Duration.ofSeconds(4);
  private static final int TOLERATED_SECONDS = 3;
  private static final Duration EVICTION_TIMEOUT = Duration.ofSeconds(6);

  /** What everything takes on a busy machine. */
  private static final Duration NOISE = Duration.ofMillis(2_500);

  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String FOREIGN = "WARN  another controller writes the same conditions";
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
  private static final String UNKNOWN = "would set conditions of a node to Unknown node=\"dead\"";
  private static final String NO_SCHEDULE =
      "would change taints of a node node=\"dead\" added=\"\\[[^\\]]*unreachable:NoSchedule";
  private static final String NO_EXECUTE =
      "would change taints of a node node=\"dead\" added=\"\\[[^\\]]*unreachable:NoExecute";
  private static final String UNTAINT =
      "would change taints of a node node=\"dead\" added=\"\\[\\]\" removed=\"\\[\\S*unreachable:";

  private final ControlPlane plane = ControlPlane.startAudited(TAINTS_USER, TIMEOUT_USER);
  private final FakeKubelets kubelets = new FakeKubelets(plane.admin(), Duration.ofSeconds(1));

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    kubelets.close();
    plane.close();
  }

  private ControllerProcess dryRun(String user, Map<String, String> more) {
    var flags = new HashMap<String, String>();
    flags.put("dry-run", "true");
    flags.put("node-monitor-period", "1s");
    flags.put("node-monitor-grace-period", GRACE.toSeconds() + "s");
    flags.put("node-eviction-rate", "10");
    flags.put("secondary-node-eviction-rate", "10");
    flags.put("leader-elect-lease-duration", "6s");
    flags.put("leader-elect-renew-deadline", "4s");
    flags.put("leader-elect-retry-period", "1s");
    flags.put("leader-elect-resource-name", user);
    flags.put("secure-port", "0");
    flags.putAll(more);
    var arguments = new ArrayList<String>();
    flags.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    var client = plane.authority().issueClient(user, List.of("system:masters"));
    arguments.add("--kubeconfig=" + plane.kubeconfig(client));
    return ControllerProcess.program(folder, arguments).awaitSynced();
  }

  private void nodes() {
    for (var name : List.of("dead", "alive-1", "alive-2")) {
      kubelets.register(name, Map.of("kubernetes.io/os", "linux", "kubernetes.io/arch", "amd64"));
      // Without an in-tree controller nobody takes off what admission puts on new nodes.
      merge(name, "{\"spec\":{\"taints\":null}}");
      merge(
          name,
          """
          {"metadata":{"labels":{
            "beta.kubernetes.io/os":"linux","beta.kubernetes.io/arch":"amd64"}}}\
          """);
      kubelets.postConditions(name, FakeKubelets.HEALTHY);
      kubelets.startHeartbeats(name);
    }
    kubelets.runPod("default", pod("at-once", 0));
    kubelets.runPod("default", pod("later", TOLERATED_SECONDS));
  }

  private void merge(String node, String patch) {
    plane.admin().mergePatch("/api/v1/nodes/" + node, ApiClient.json(patch)).orThrow();
  }

  private static JsonNode pod(String name, int seconds) {
    return ApiClient.json(
        """
        {"metadata": {"name": "%s"},
         "spec": {"nodeName": "dead", "terminationGracePeriodSeconds": 0,
           "containers": [{"name": "c", "image": "i"}],
           "tolerations": [{"key": "%s", "operator": "Exists", "effect": "NoExecute",
             "tolerationSeconds": %d}]}}
        """
            .formatted(name, UNREACHABLE, seconds));
  }

  private JsonNode node(String name) {
    return plane.admin().get("/api/v1/nodes/" + name).orThrow();
  }

  @Test
  void anOutageIsShownInBothModesAndNothingIsWritten() {
    nodes();
    try (var byTaints = dryRun(TAINTS_USER, Map.of());
        var byTimeout =
            dryRun(
                TIMEOUT_USER,
                Map.of(
                    "enable-taint-manager",
                    "false",
                    "pod-eviction-timeout",
                    EVICTION_TIMEOUT.toSeconds() + "s"))) {
      var taints = new LogLines(byTaints);
      var timeout = new LogLines(byTimeout);
      assertThat(taints.count("WARN  dry run: nothing will be written")).isEqualTo(1);
      taints.awaits("leads", 1);
      timeout.awaits("leads", 1);
      // The patience of a process that has just started.
      Pause.of(GRACE.plusSeconds(1));

      kubelets.stopAfterHeartbeat("dead");
      var silentSince = Instant.now();
      chain(taints, silentSince, 1);
      olderChain(timeout, silentSince);
      assertUntouched();

      kubelets.resumeHeartbeats("dead");
      taints.awaits(UNTAINT, 1);
      timeout.awaits(UNTAINT, 1);
      Pause.of(Duration.ofSeconds(1));

      // The next outage is shown as well, although the pods were never really deleted.
      kubelets.stopAfterHeartbeat("dead");
      chain(taints, Instant.now(), 2);
      // This time only the lease is renewed: a kubelet would not post what it believes to be there.
      kubelets.setHeartbeats("dead", true, false);
      taints.awaits(UNTAINT, 2);
      Pause.of(Duration.ofSeconds(2));
      assertThat(taints.count("would delete pod")).isEqualTo(4);
      assertUntouched();
      assertThat(byTaints.terminate(SOON)).hasValue(0);
      assertThat(byTimeout.terminate(SOON)).hasValue(0);
      for (var output : List.of(byTaints.output(), byTimeout.output())) {
        assertThat(output)
            .doesNotContain("pod deleted because")
            .doesNotContain("write failed")
            .doesNotContain("node's taints changed");
      }
    }
    onlyLeasesWereWritten();
  }

  /** The lines of one outage, each so often in all, at the times of a real run. */
  private static void chain(LogLines log, Instant silentSince, int count) {
    var unknown = log.awaits(UNKNOWN, count);
    assertThat(Duration.between(silentSince, unknown)).isBetween(GRACE.minusSeconds(1), late());
    var notReady = log.awaits("would set the Ready condition of a pod to False", 2 * count);
    log.awaits(NO_SCHEDULE, count);
    var tainted = log.awaits(NO_EXECUTE, count);
    var atOnce = log.awaits("would delete pod pod=\"default/at-once\"", count);
    var later = log.awaits("would delete pod pod=\"default/later\"", count);
    assertThat(notReady).isAfterOrEqualTo(unknown);
    assertThat(tainted).isAfterOrEqualTo(unknown);
    assertThat(atOnce).isAfterOrEqualTo(tainted);
    assertThat(Duration.between(tainted, later))
        .isBetween(
            Duration.ofSeconds(TOLERATED_SECONDS).minusMillis(200),
            Duration.ofSeconds(TOLERATED_SECONDS).plus(NOISE));
    Pause.of(Duration.ofSeconds(1));
    assertThat(log.count(UNKNOWN)).as("decided once").isEqualTo(count);
    assertThat(log.count(NO_EXECUTE)).as("decided once").isEqualTo(count);
    assertThat(log.count("would set the DisruptionTarget")).isEqualTo(2 * count);
    assertThat(log.count("would delete pod")).isEqualTo(2 * count);
    assertThat(log.count("reason=\"NodeNotReady\" message=\"Node dead status is now"))
        .isEqualTo(count);
    assertThat(log.count("reason=\"TaintManagerEviction\" message=\"Marking for deletion"))
        .isEqualTo(2 * count);
  }

  private static Duration late() {
    return GRACE.plus(NOISE);
  }

  private static void olderChain(LogLines log, Instant silentSince) {
    log.awaits(UNKNOWN, 1);
    log.awaits(NO_SCHEDULE, 1);
    var lost = log.awaits("would set a pod's reason to NodeLost", 2);
    var deleted = log.awaits("would delete pod .*has been failed for too long", 2);
    assertThat(Duration.between(silentSince, lost))
        .isBetween(EVICTION_TIMEOUT.minusSeconds(1), EVICTION_TIMEOUT.plus(NOISE));
    assertThat(deleted).isAfterOrEqualTo(lost);
    assertThat(log.count(NO_EXECUTE)).as("not in this mode").isZero();
    assertThat(log.count("reason=\"DeletingAllPods\"")).isEqualTo(1);
    assertThat(log.count("reason=\"NodeControllerEviction\"")).isEqualTo(2);
  }

  private void assertUntouched() {
    assertThat(ApiFields.condition(node("dead"), "Ready")).isEqualTo("True");
    assertThat(ApiFields.taints(node("dead"))).isEmpty();
    for (var name : List.of("at-once", "later")) {
      var pod = plane.admin().get("/api/v1/namespaces/default/pods/" + name).orThrow();
      assertThat(ApiFields.condition(pod, "Ready")).isEqualTo("True");
      assertThat(ApiFields.condition(pod, "DisruptionTarget")).isEmpty();
      assertThat(pod.path("metadata").hasNonNull("deletionTimestamp")).isFalse();
    }
  }

  private void onlyLeasesWereWritten() {
    var requests = new AuditLog(plane.auditLog()).all();
    for (var user : List.of(TAINTS_USER, TIMEOUT_USER)) {
      var own = requests.stream().filter(request -> request.user().equals(user)).toList();
      assertThat(own).as("live reads").anyMatch(request -> request.path().contains("/nodes/dead"));
      assertThat(own.stream().filter(AuditLog.Request::isWrite).toList())
          .isNotEmpty()
          .allMatch(request -> request.path().contains("/namespaces/kube-system/leases"));
    }
    assertThat(plane.admin().items("/api/v1/events").toList()).isEmpty();
  }

  /** Acts for real, later than all others. */
  private ControllerProcess acting() {
    var flags =
        List.of(
            "--node-monitor-period=1s",
            "--node-monitor-grace-period=" + GRACE.plusSeconds(6).toSeconds() + "s",
            "--node-eviction-rate=10",
            "--secure-port=0",
            "--kubeconfig=" + plane.kubeconfig());
    return ControllerProcess.program(folder, flags).awaitSynced();
  }

  /** The reference acts; what only rehearses agrees with it, and what acts, too, gives warning. */
  @Test
  @ExtendWith(ReferenceCondition.class)
  void besideTheReferenceItAgreesAndWhatActsGivesWarning() {
    nodes();
    var flags =
        Map.of(
            "node-monitor-period", "1s",
            "node-monitor-grace-period", GRACE.plusSeconds(3).toSeconds() + "s",
            "node-eviction-rate", "10");
    try (var reference = ControllerProcess.reference(folder, plane.kubeconfig(), flags);
        var acting = acting();
        var dry = dryRun(TAINTS_USER, Map.of())) {
      reference.awaitSynced();
      var other = new LogLines(acting);
      other.awaits("leads", 1);
      var log = new LogLines(dry);
      log.awaits("leads", 1);
      // Until who acts knows that nobody before it has.
      Pause.of(Duration.ofSeconds(11));
      assertThat(other.count(FOREIGN)).as("nothing to see yet").isZero();
      kubelets.stopAfterHeartbeat("dead");
      log.awaits(UNKNOWN, 1);
      log.awaits("would delete pod", 2);
      other.awaits(FOREIGN, 1);
      // The reference is later, and does the same for real.
      assertThat(
              Pause.until(
                  SOON, () -> ApiFields.taints(node("dead")).contains(UNREACHABLE + ":NoExecute")))
          .isTrue();
      assertThat(
              Pause.until(
                  SOON, () -> plane.admin().items("/api/v1/namespaces/default/pods").count() == 0))
          .isTrue();
      Pause.of(Duration.ofSeconds(2));
      kubelets.resumeHeartbeats("dead");
      assertThat(Pause.until(SOON, () -> ApiFields.taints(node("dead")).isEmpty())).isTrue();
      Pause.of(Duration.ofSeconds(3));
      assertThat(log.count(UNKNOWN)).isEqualTo(1);
      assertThat(log.count("would change taints of a node node=\"dead\" added=\"\\[n"))
          .as("both taints in one write, or one after the other")
          .isBetween(1, 2);
      assertThat(log.count(UNTAINT)).as("the reference may be quicker").isLessThanOrEqualTo(2);
      assertThat(log.count("would set the Ready condition")).isEqualTo(2);
      assertThat(log.count("would delete pod")).isEqualTo(2);
      assertThat(ApiFields.condition(node("dead"), "Ready")).isEqualTo("True");
      assertThat(log.count(FOREIGN)).as("a dry run is meant to be beside it").isZero();
      assertThat(dry.terminate(SOON)).hasValue(0);
      warnedOnce(other);
    }
    assertThat(
            new AuditLog(plane.auditLog())
                .all().stream()
                    .filter(request -> request.isWrite() && !request.path().contains("/leases"))
                    .toList())
        .isEmpty();
  }

  private void warnedOnce(LogLines log) {
    assertThat(log.count(FOREIGN)).as("at most once a minute").isEqualTo(1);
    assertThat(
            log.count(
                FOREIGN
                    + ".*controllers=\\*,-node-lifecycle-controller,-taint-eviction-controller"
                    + " node=\"dead\" written=\"set the conditions to Unknown\""
                    + " by=\"kube-controller-manager\""))
        .as(log.process().tail())
        .isEqualTo(1);
    var events =
        plane
            .admin()
            .items("/api/v1/namespaces/kube-system/events")
            .filter(event -> event.path("reason").asString().equals("ForeignController"))
            .toList();
    assertThat(events).hasSize(1);
    var event = events.getFirst();
    assertThat(event.path("type").asString()).isEqualTo("Warning");
    assertThat(event.at("/involvedObject/kind").asString()).isEqualTo("Lease");
    assertThat(event.at("/involvedObject/apiVersion").asString())
        .isEqualTo("coordination.k8s.io/v1");
    assertThat(event.at("/involvedObject/name").asString()).isEqualTo("node-lifecycle-controller");
    assertThat(event.path("message").asString()).contains("kube-controller-manager also writes");
  }
}
