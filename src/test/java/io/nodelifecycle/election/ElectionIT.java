package io.nodelifecycle.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.election.Replicas.Replica;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.AuditLog;
import io.nodelifecycle.testing.ControlPlane;
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
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Of several replicas one acts, whatever happens to it. {@code -Delection.kills} says how many
 * leaders die in the middle of an outage; in every build it is a few.
 */
@NeedsControlPlane
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class ElectionIT {
  private static final int KILLS = Integer.getInteger("election.kills", 3);
  private static final int NODES = 4;
  private static final int TOLERATED_SECONDS = 8;
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

  private static final Duration GRACE = Duration.ofSeconds(6);
  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(40);

  private static final String PODS = "/api/v1/namespaces/default/pods/";
  private static final String UNREACHABLE_FOR_EVER =
      "{\"key\": \"%s\", \"operator\": \"Exists\"}".formatted(UNREACHABLE);
  private static final String UNREACHABLE_FOR_A_WHILE =
      """
      {"key": "%s", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": %d}
      """
          .formatted(UNREACHABLE, TOLERATED_SECONDS);

  /** Beyond the lease's duration a standby may take so long. */
  private static final Duration TAKEOVER = Duration.ofSeconds(1);

  private final ControlPlane plane = ControlPlane.startAudited(Replicas.users(3 + KILLS));
  private final FakeKubelets kubelets = new FakeKubelets(plane.admin(), RENEWAL);
  private final AuditLog audit = new AuditLog(plane.auditLog());
  private final Random random = new Random(7);

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    kubelets.close();
    plane.close();
  }

  @Test
  void anotherLeadsAtOnceWhenTheLeaderIsAskedToEnd() {
    try (var replicas = new Replicas(plane, folder)) {
      var first = replicas.start();
      replicas.awaitLeader(first::equals);
      var second = replicas.start();
      addNodes("a");
      var asked = Instant.now();
      assertThat(first.process().terminate(SOON)).hasValue(0);
      replicas.awaitLeader(second::equals);
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(4));
      assertThat(writes(first).getLast().path()).as("it gave it back").contains("/leases/");
      Terms.of(audit).assertApart();
    }
  }

  /**
   * The same outage again and again, first undisturbed. What comes late is found at the end: by
   * then it is known how much, and how often.
   */
  @Test
  void anOutageIsDealtWithAsIfNoLeaderHadDied() {
    try (var replicas = new Replicas(plane, folder)) {
      for (var i = 0; i < 3; i++) {
        replicas.start();
      }
      addNodes("a");
      addNodes("b");
      replicas.awaitLeader(_ -> true);
      Pause.of(GRACE.plusSeconds(1));
      var undisturbed = new Outage(0);
      undisturbed.begin();
      undisturbed.awaitEnd(replicas);
      Pause.of(TAKEOVER);
      var worst = ClusterState.of(plane.admin(), undisturbed.suffix());
      undisturbed.heal();
      var best = ClusterState.of(plane.admin(), undisturbed.suffix());
      undisturbed.clear();
      System.out.println("undisturbed: " + undisturbed.text(Instant.MIN));
      var late = new ArrayList<String>();
      for (var i = 1; i <= KILLS; i++) {
        var outage = new Outage(i);
        outage.begin();
        var leads = killTheLeader(outage, replicas);
        outage.awaitEnd(replicas);
        outage.endsLike(worst, replicas);
        outage.heal();
        outage.endsLike(best, replicas);
        outage.clear();
        System.out.printf("round %d: %s%n", i, outage.text(leads));
        late.addAll(outage.tooLate(undisturbed, leads));
        replicas.start();
      }
      assertThat(late).isEmpty();
      Terms.of(audit).assertApart();
    }
  }

  /** At some moment until the pods are gone: since when another leads. */
  private Instant killTheLeader(Outage outage, Replicas replicas) {
    var delay = random.nextInt(1000 * (int) GRACE.plusSeconds(TOLERATED_SECONDS).toSeconds());
    outage.lookFor(Duration.ofMillis(delay));
    var leader = replicas.awaitLeader(_ -> true);
    leader.process().kill();
    var killed = Instant.now();
    System.out.printf("killed %s %d ms after the last heartbeats%n", leader.user(), delay);
    outage.lookFor(Replicas.LEASE.plus(TAKEOVER));
    var next = replicas.awaitLeader(each -> !each.equals(leader));
    assertThat(next.leadsSince()).isAfter(killed);
    return next.leadsSince();
  }

  /** All nodes of a zone fall silent; what is seen of it. */
  private final class Outage {
    private final int round;
    private final Map<String, Instant> graceEnds = new TreeMap<>();
    private final Map<String, Instant> unknown = new HashMap<>();
    private final Map<String, Instant> tainted = new HashMap<>();
    private final Map<String, Instant> gone = new HashMap<>();

    Outage(int round) {
      this.round = round;
    }

    String suffix() {
      return "-" + round;
    }

    void begin() {
      for (var i = 0; i < NODES; i++) {
        run("counting-" + i, "a-" + i, UNREACHABLE_FOR_A_WHILE);
        run("going-" + i, "a-" + i, "");
        run("staying-" + i, "a-" + i, UNREACHABLE_FOR_EVER);
        run("well-" + i, "b-" + i, "");
      }
      for (var i = 0; i < NODES; i++) {
        kubelets.stopAfterHeartbeat("a-" + i);
        graceEnds.put("a-" + i, Instant.now().plus(GRACE));
      }
    }

    private void run(String name, String node, String tolerations) {
      var pod =
          """
          {"metadata": {"name": "%s"},
           "spec": {"nodeName": "%s", "terminationGracePeriodSeconds": 0,
             "containers": [{"name": "c", "image": "i"}], "tolerations": [%s]}}
          """
              .formatted(name + suffix(), node, tolerations);
      kubelets.runPod("default", ApiClient.json(pod));
    }

    /** Until the outage is over, for so long at most. */
    void lookFor(Duration duration) {
      Pause.until(
          duration,
          () -> {
            look();
            return isOver();
          });
    }

    private boolean isOver() {
      return gone.size() == NODES && unknown.size() == NODES;
    }

    void awaitEnd(Replicas replicas) {
      lookFor(SOON);
      assertThat(isOver()).as(replicas.outputs()).isTrue();
    }

    private void look() {
      for (var i = 0; i < NODES; i++) {
        var name = "a-" + i;
        var node = node(name);
        var now = Instant.now();
        if (ApiFields.condition(node, "Ready").equals("Unknown")) {
          unknown.putIfAbsent(name, now);
        }
        if (ApiFields.taints(node).contains(UNREACHABLE + ":NoExecute")) {
          tainted.putIfAbsent(name, timeAdded(node));
        }
        if (plane.admin().get(PODS + "counting-" + i + suffix()).status() == 404) {
          gone.putIfAbsent(name, now);
        }
      }
    }

    /** Nodes and pods are as they were at that moment of the undisturbed run. */
    void endsLike(String state, Replicas replicas) {
      Pause.until(SOON, () -> ClusterState.of(plane.admin(), suffix()).equals(state));
      assertThat(ClusterState.of(plane.admin(), suffix())).as(replicas.outputs()).isEqualTo(state);
    }

    void heal() {
      graceEnds.keySet().forEach(kubelets::resumeHeartbeats);
      for (var i = 0; i < NODES; i++) {
        var node = "a-" + i;
        kubelets.setReady("default", "staying-" + i + suffix(), true);
        assertThat(Pause.until(SOON, () -> isWell(node))).as(node).isTrue();
      }
    }

    void clear() {
      for (var i = 0; i < NODES; i++) {
        plane.admin().delete(PODS + "staying-" + i + suffix()).orThrow();
        plane.admin().delete(PODS + "well-" + i + suffix()).orThrow();
      }
    }

    /** How long after its grace the last node was marked. */
    private Duration marked() {
      return latest(graceEnds, unknown);
    }

    /** How long after its time, or after somebody could delete it, the last pod was gone. */
    private Duration gone(Instant leads) {
      var due = new HashMap<String, Instant>();
      tainted.forEach((node, added) -> {
        var end = added.plusSeconds(TOLERATED_SECONDS);
        due.put(node, end.isBefore(leads) ? leads : end);
      });
      return latest(due, gone);
    }

    private static Duration latest(Map<String, Instant> due, Map<String, Instant> done) {
      return due.entrySet().stream()
          .map(entry -> Duration.between(entry.getValue(), done.get(entry.getKey())))
          .max(Duration::compareTo)
          .orElseThrow();
    }

    String text(Instant leads) {
      return "last node marked %d ms after its grace, last pod gone %d ms after its time"
          .formatted(marked().toMillis(), gone(leads).toMillis());
    }

    /** What a leader's death does not explain, and pods that went before their time. */
    List<String> tooLate(Outage undisturbed, Instant leads) {
      var findings = new ArrayList<String>();
      var markedBy = undisturbed.marked().plus(Replicas.LEASE).plus(TAKEOVER);
      var goneBy = undisturbed.gone(Instant.MIN).plus(TAKEOVER);
      if (marked().compareTo(markedBy) > 0 || gone(leads).compareTo(goneBy) > 0) {
        findings.add("round " + round + ": " + text(leads));
      }
      tainted.forEach((node, added) -> {
        if (gone.getOrDefault(node, Instant.MAX).isBefore(added.plusSeconds(TOLERATED_SECONDS))) {
          findings.add("round " + round + ": the pod on " + node + " is gone too soon");
        }
      });
      return findings;
    }
  }

  private List<AuditLog.Request> writes(Replica replica) {
    return audit.all().stream()
        .filter(request -> request.user().equals(replica.user()) && request.isWrite())
        .toList();
  }

  private void addNodes(String zone) {
    for (var i = 0; i < NODES; i++) {
      var name = zone + "-" + i;
      kubelets.join(name, Map.of("topology.kubernetes.io/zone", zone));
    }
  }

  private JsonNode node(String name) {
    return plane.admin().get("/api/v1/nodes/" + name).orThrow();
  }

  private boolean isWell(String name) {
    var node = node(name);
    return ApiFields.condition(node, "Ready").equals("True") && ApiFields.taints(node).isEmpty();
  }

  private static Instant timeAdded(JsonNode node) {
    for (var taint : node.path("spec").path("taints")) {
      if (taint.path("key").asString().equals(UNREACHABLE)
          && taint.path("effect").asString().equals("NoExecute")) {
        return Instant.parse(taint.path("timeAdded").asString());
      }
    }
    throw new IllegalStateException("no such taint on " + node);
  }
}
