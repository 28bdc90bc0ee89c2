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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
  private static final int LOST = 4;
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

  private static final Duration GRACE = Duration.ofSeconds(6);
  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(40);

  /** What everything takes on a busy machine, an undisturbed controller included. */
  private static final Duration NOISE = Duration.ofMillis(1_500);

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

  /** Long enough for its lease to run out, it does not run; then it runs on. */
  @Test
  void aLeaderThatWasStoppedSendsNothingWhenItRunsAgain() {
    try (var replicas = new Replicas(plane, folder)) {
      var first = replicas.start();
      replicas.awaitLeader(first::equals);
      var second = replicas.start();
      addNodes("a");
      // There is much that it would have to do when it runs again.
      first.signal("STOP");
      kubelets.stopHeartbeats("a-0");
      replicas.awaitLeader(second::equals);
      becomesUnknown("a-0");
      kubelets.resumeHeartbeats("a-0");
      var resumed = Instant.now();
      first.signal("CONT");
      assertThat(first.process().awaitExit(SOON)).hasValue(LOST);
      assertThat(first.process().output()).contains("leadership is lost");
      assertThat(writes(first)).noneMatch(request -> request.received().isAfter(resumed));
      Terms.of(audit).assertApart();
    }
  }

  @Test
  void anOutageIsDealtWithAsIfNoLeaderHadDied() {
    try (var replicas = new Replicas(plane, folder)) {
      for (var i = 0; i < 3; i++) {
        replicas.start();
      }
      addNodes("a");
      addNodes("b");
      replicas.awaitLeader(_ -> true);
      Pause.of(GRACE);
      for (var i = 0; i < KILLS; i++) {
        outage(replicas, i);
        replicas.start();
      }
      Terms.of(audit).assertApart();
    }
  }

  /** All nodes of a zone fall silent; at some moment until their pods are gone, the leader dies. */
  private void outage(Replicas replicas, int round) {
    for (var i = 0; i < NODES; i++) {
      kubelets.runPod("default", pod(round, i));
    }
    var graceEnds = new HashMap<String, Instant>();
    for (var i = 0; i < NODES; i++) {
      kubelets.stopAfterHeartbeat("a-" + i);
      graceEnds.put("a-" + i, Instant.now().plus(GRACE));
    }
    var delay = random.nextInt(1000 * (int) GRACE.plusSeconds(TOLERATED_SECONDS).toSeconds());
    var seen = new Course();
    seen.lookFor(Duration.ofMillis(delay), round);
    var leader = replicas.awaitLeader(_ -> true);
    leader.process().kill();
    seen.lookFor(SOON, round);
    System.out.printf("round %d: killed after %d ms; %s%n", round, delay, seen.text(graceEnds));
    seen.assertInTime(graceEnds, replicas);
    graceEnds.keySet().forEach(kubelets::resumeHeartbeats);
    for (var i = 0; i < NODES; i++) {
      var node = "a-" + i;
      assertThat(Pause.until(SOON, () -> isWell(node))).as(replicas.outputs()).isTrue();
      assertThat(ApiFields.condition(node("b-" + i), "Ready")).isEqualTo("True");
    }
  }

  /** What is seen of one outage. */
  private final class Course {
    private final Map<String, Instant> unknown = new HashMap<>();
    private final Map<String, Instant> tainted = new HashMap<>();
    private final Map<String, Instant> gone = new HashMap<>();

    /** Until the outage is over, for so long at most. */
    void lookFor(Duration duration, int round) {
      Pause.until(
          duration,
          () -> {
            look(round);
            return gone.size() == NODES && unknown.size() == NODES;
          });
    }

    private void look(int round) {
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
        var pod = plane.admin().get("/api/v1/namespaces/default/pods/" + podName(round, i));
        if (pod.status() == 404 || pod.body().path("metadata").hasNonNull("deletionTimestamp")) {
          gone.putIfAbsent(name, now);
        }
      }
    }

    String text(Map<String, Instant> graceEnds) {
      var lines = new ArrayList<String>();
      graceEnds.forEach((node, end) ->
          lines.add(
              "%s %s %s"
                  .formatted(
                      node,
                      unknown.containsKey(node)
                          ? Duration.between(end, unknown.get(node))
                          : "not unknown",
                      gone.containsKey(node) && tainted.containsKey(node)
                          ? Duration.between(tainted.get(node), gone.get(node))
                          : "not gone")));
      Collections.sort(lines);
      return String.join(", ", lines);
    }

    /** The latest that a leader's death explains, and no pod before its time. */
    void assertInTime(Map<String, Instant> graceEnds, Replicas replicas) {
      var late = Replicas.LEASE.plus(TAKEOVER).plus(NOISE);
      graceEnds.forEach((node, end) -> {
        assertThat(List.of(unknown, tainted, gone))
            .as(replicas.outputs())
            .allMatch(seen -> seen.containsKey(node));
        assertThat(unknown.get(node)).isBetween(end.minus(RENEWAL), end.plus(late));
        var due = tainted.getOrDefault(node, Instant.EPOCH).plusSeconds(TOLERATED_SECONDS);
        assertThat(gone.get(node)).isBetween(due.minusMillis(50), due.plusSeconds(1).plus(late));
      });
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
      kubelets.register(name, Map.of("topology.kubernetes.io/zone", zone));
      kubelets.postConditions(name, FakeKubelets.HEALTHY);
      kubelets.startHeartbeats(name);
    }
  }

  private JsonNode node(String name) {
    return plane.admin().get("/api/v1/nodes/" + name).orThrow();
  }

  private boolean isWell(String name) {
    var node = node(name);
    return ApiFields.condition(node, "Ready").equals("True") && ApiFields.taints(node).isEmpty();
  }

  private void becomesUnknown(String name) {
    assertThat(Pause.until(SOON, () -> ApiFields.condition(node(name), "Ready").equals("Unknown")))
        .isTrue();
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

  private static String podName(int round, int number) {
    return "pod-" + round + "-" + number;
  }

  private static JsonNode pod(int round, int number) {
    return ApiClient.json(
        """
        {"metadata": {"name": "%s"},
         "spec": {"nodeName": "a-%d", "terminationGracePeriodSeconds": 0,
           "containers": [{"name": "c", "image": "i"}],
           "tolerations": [{"key": "%s", "operator": "Exists", "effect": "NoExecute",
             "tolerationSeconds": %d}]}}
        """
            .formatted(podName(round, number), number, UNREACHABLE, TOLERATED_SECONDS));
  }
}
