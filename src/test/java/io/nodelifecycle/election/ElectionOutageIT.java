package io.nodelifecycle.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.election.Replicas.Replica;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.AuditLog;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.TcpRelay;
import io.nodelifecycle.testing.TcpRelay.Fate;
import io.nodelifecycle.testing.TcpRelay.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The API server goes away for longer than the lease, or the leader cannot reach it, or not hear
 * it. {@code -Daway.seconds} says for how long the API server is away, {@code -Dcut.all} asks for
 * both ways in which a leader is cut off.
 */
@NeedsControlPlane
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ElectionOutageIT {
  private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("away.seconds", 14));
  private static final int LOST = 4;
  private static final String DEAD = "node-0";
  private static final List<String> WELL = List.of("node-1", "node-2", "node-3");
  private static final String LEADS = "this process leads";

  private static final Duration GRACE = Duration.ofSeconds(6);
  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(40);

  /** What a process takes to end, and a busy machine adds. */
  private static final Duration ENDS = Duration.ofSeconds(3);

  /** A watch that fails is tried again after six seconds at most, a lease after half a second. */
  private static final Duration HEARS_AGAIN = Duration.ofSeconds(6);

  @TempDir private Path folder;
  private final ControlPlane plane = ControlPlane.startAudited(Replicas.users(12));
  private final AuditLog audit = new AuditLog(plane.auditLog());
  private final TcpRelay relay = TcpRelay.start(plane.server());
  private final AtomicInteger users = new AtomicInteger();
  private FakeKubelets kubelets = new FakeKubelets(plane.admin(), RENEWAL);

  @AfterAll
  void stop() {
    relay.close();
    plane.close();
  }

  @BeforeEach
  void emptyCluster() {
    relay.heal();
    plane.clear();
    plane.admin().delete(Replicas.LEASE_PATH);
    kubelets = new FakeKubelets(plane.admin(), RENEWAL);
  }

  @AfterEach
  void stopKubelets() {
    kubelets.close();
  }

  private Replicas replicas() {
    return new Replicas(plane, folder, users::getAndIncrement);
  }

  @Test
  void afterAnOutageOfTheApiServerExactlyOneActs() {
    try (var replicas = replicas()) {
      var first = replicas.start();
      replicas.awaitLeader(first::equals);
      var second = replicas.start();
      addNodes();
      Pause.of(GRACE.plusSeconds(1));
      kubelets.stopHeartbeats(DEAD);
      plane.stopApiServer();
      var gone = Instant.now();
      assertLoses(first);
      var lostAfter = Duration.between(gone, Instant.now());
      var third = replicas.begin(plane.server());
      Pause.of(AWAY.minus(lostAfter));
      for (var other : List.of(second, third)) {
        assertThat(other.process().isAlive()).as(other.process().tail()).isTrue();
        assertThat(other.process().output()).doesNotContain(LEADS);
      }
      plane.startApiServer();
      var back = Instant.now();
      replicas.awaitLeader(each -> !each.equals(first));
      var leadsAfter = Duration.between(back, Instant.now());
      becomesUnknown();
      var judgedAfter = Duration.between(back, Instant.now());
      System.out.printf(
          "away %s: the leader ended after %s; another leads %s after, dead after %s%n",
          AWAY, lostAfter, leadsAfter, judgedAfter);
      assertThat(judgedAfter).isBetween(Duration.ZERO, HEARS_AGAIN.plus(GRACE).plus(ENDS));
      third.process().awaitSynced();
      Pause.of(Duration.ofSeconds(2));
      assertThat(List.of(second, third)).filteredOn(ElectionOutageIT::leads).hasSize(1);
      assertOthersAreWell();
      Terms.of(audit).assertApart();
    }
  }

  static List<Way> ways() {
    return Boolean.getBoolean("cut.all") ? List.of(Way.values()) : List.of(Way.TO_CLIENT);
  }

  /** What it sends does not arrive, or what it is answered; the other replica has no trouble. */
  @ParameterizedTest
  @MethodSource("ways")
  void aLeaderThatIsCutOffOneWayMakesRoom(Way way) {
    try (var replicas = replicas()) {
      var first = replicas.begin(relay.address());
      first.process().awaitSynced();
      replicas.awaitLeader(first::equals);
      var second = replicas.start();
      addNodes();
      Pause.of(GRACE.plusSeconds(1));
      kubelets.stopAfterHeartbeat(DEAD);
      var began = Instant.now();
      relay.cut(way, Fate.LOST);
      assertLoses(first);
      var lostAfter = Duration.between(began, Instant.now());
      replicas.awaitLeader(second::equals);
      var leadsAfter = Duration.between(began, Instant.now());
      becomesUnknown();
      var judgedAfter = Duration.between(began, Instant.now());
      System.out.printf(
          "cut %s: the leader ended after %s, another leads after %s, dead after %s%n",
          way, lostAfter, leadsAfter, judgedAfter);
      // One more renewal may have arrived. No grace period is added to that: it was not blind.
      var takenOver = RENEWAL.plus(Replicas.LEASE).plusSeconds(1);
      assertThat(leadsAfter).isLessThan(takenOver.plus(ENDS));
      assertThat(judgedAfter).isLessThan(takenOver.plus(ENDS));
      relay.heal();
      var third = replicas.begin(relay.address());
      third.process().awaitSynced();
      assertThat(third.process().awaitOutput("standby: another process leads", SOON)).isTrue();
      assertOthersAreWell();
      Terms.of(audit).assertApart();
    }
  }

  /** Connections that are there fall silent; whoever opens new ones notices nothing. */
  @Test
  void aLeaderWhoseConnectionsDieRemainsTheLeader() {
    try (var replicas = replicas()) {
      var first = replicas.begin(relay.address());
      first.process().awaitSynced();
      replicas.awaitLeader(first::equals);
      var second = replicas.start();
      addNodes();
      Pause.of(GRACE.plusSeconds(1));
      relay.forgetConnections();
      kubelets.stopAfterHeartbeat(DEAD);
      var began = Instant.now();
      becomesUnknown();
      var judgedAfter = Duration.between(began, Instant.now());
      System.out.printf("connections dead: dead after %s%n", judgedAfter);
      // Its watch of leases was deaf for two seconds, and cannot be opened over dead connections.
      assertThat(judgedAfter).isLessThan(GRACE.plusSeconds(2 + 5).plus(ENDS));
      assertThat(first.process().isAlive()).as(replicas.outputs()).isTrue();
      assertThat(leads(second)).isFalse();
      assertOthersAreWell();
      Terms.of(audit).assertApart();
    }
  }

  private static void assertLoses(Replica leader) {
    var patience = Replicas.RENEW_DEADLINE.plus(ENDS);
    assertThat(leader.process().awaitExit(patience)).as(leader.process().tail()).hasValue(LOST);
    assertThat(leader.process().output()).contains("leadership is lost");
  }

  private static boolean leads(Replica replica) {
    return replica.process().output().contains(LEADS);
  }

  private void addNodes() {
    add(DEAD);
    WELL.forEach(this::add);
    for (var node : WELL) {
      assertThat(Pause.until(SOON, () -> isWell(node))).as(node).isTrue();
    }
  }

  private void add(String node) {
    kubelets.join(node, Map.of("topology.kubernetes.io/zone", "a"));
  }

  private boolean isWell(String name) {
    var node = plane.admin().get("/api/v1/nodes/" + name).orThrow();
    return ApiFields.condition(node, "Ready").equals("True") && ApiFields.taints(node).isEmpty();
  }

  private void becomesUnknown() {
    var path = "/api/v1/nodes/" + DEAD;
    assertThat(
            Pause.until(
                SOON,
                () ->
                    ApiFields.condition(plane.admin().get(path).orThrow(), "Ready")
                        .equals("Unknown")))
        .isTrue();
  }

  /**
   * Neither now nor before: the conditions of a node that is well are nobody's but its kubelet's.
   */
  private void assertOthersAreWell() {
    assertThat(WELL).allMatch(this::isWell);
    assertThat(audit.all())
        .filteredOn(AuditLog.Request::isWrite)
        .noneMatch(request ->
            WELL.stream()
                .anyMatch(node -> request.path().startsWith("/api/v1/nodes/" + node + "/status")));
  }
}
