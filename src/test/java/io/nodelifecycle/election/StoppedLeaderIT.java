package io.nodelifecycle.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.election.Replicas.Replica;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.AuditLog;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The leader's process is stopped for longer than its lease, and runs again: it sends nothing more.
 */
@NeedsControlPlane
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class StoppedLeaderIT {
  private static final int STOPS = Integer.getInteger("election.stops", 1);
  private static final int NODES = 20;
  private static final int LOST = 4;
  private static final Duration SOON = Duration.ofSeconds(40);

  /** New nodes have their labels, taints and events by then. */
  private static final Duration GREETED = Duration.ofSeconds(2);

  /** Greeting so many nodes takes about as long. */
  private static final int BUSY_MILLIS = 600;

  private final ControlPlane plane = ControlPlane.startAudited(Replicas.users(1 + STOPS));
  private final FakeKubelets kubelets = new FakeKubelets(plane.admin(), Duration.ofSeconds(1));
  private final AuditLog audit = new AuditLog(plane.auditLog());
  private final Random random = new Random();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    kubelets.close();
    plane.close();
  }

  /**
   * Nothing is under way when it is stopped, and there is much that it would have to do when it
   * runs again.
   */
  @Test
  void anIdleOneSendsNothingMore() {
    try (var replicas = new Replicas(plane, folder)) {
      var first = replicas.start();
      replicas.awaitLeader(first::equals);
      var second = replicas.start();
      addNodes("a-");
      Pause.of(GREETED);
      first.signal("STOP");
      kubelets.stopHeartbeats("a-0");
      replicas.awaitLeader(second::equals);
      assertThat(Pause.until(SOON, () -> ready("a-0").equals("Unknown"))).isTrue();
      kubelets.resumeHeartbeats("a-0");
      assertThat(sentAfterResuming(first)).isEmpty();
      Terms.of(audit).assertApart();
    }
  }

  /**
   * It is stopped while it writes as fast as it may, {@code -Delection.stops} times. What a
   * connection is encrypting at that moment cannot be called back (see docs/architecture.md): no
   * part of every build, since it may fail.
   */
  @Test
  @EnabledIfSystemProperty(named = "election.stops", matches = "\\d+")
  void aBusyOneSendsNothingMore() throws ExecutionException, InterruptedException {
    try (var replicas = new Replicas(plane, folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      replicas.start();
      for (var round = 1; round <= STOPS; round++) {
        var leader = replicas.awaitLeader(_ -> true);
        replicas.start();
        var prefix = "n" + round + "-";
        var nodes = threads.submit(() -> addNodes(prefix));
        var delay = random.nextInt(BUSY_MILLIS);
        Pause.of(Duration.ofMillis(delay));
        leader.signal("STOP");
        replicas.awaitLeader(each -> !each.equals(leader));
        nodes.get();
        var sent = sentAfterResuming(leader);
        System.out.printf("stop %d, after %d ms: %s sent later%n", round, delay, sent);
        assertThat(sent).isEmpty();
        removeNodes(prefix);
      }
      Terms.of(audit).assertApart();
    }
  }

  /** Lets it run until it has ended: the writes that arrived whole. */
  private List<AuditLog.Request> sentAfterResuming(Replica replica) {
    var resumed = Instant.now();
    replica.signal("CONT");
    assertThat(replica.process().awaitExit(SOON)).hasValue(LOST);
    assertThat(replica.process().output()).contains("leadership is lost");
    return audit.all().stream()
        .filter(request -> request.user().equals(replica.user()) && request.isWrite())
        .filter(request -> request.answered().isAfter(resumed))
        .toList();
  }

  private void addNodes(String prefix) {
    for (var i = 0; i < NODES; i++) {
      var name = prefix + i;
      kubelets.join(name, Map.of("topology.kubernetes.io/zone", "z"));
    }
  }

  private void removeNodes(String prefix) {
    for (var i = 0; i < NODES; i++) {
      kubelets.stopHeartbeats(prefix + i);
      plane.admin().delete("/api/v1/nodes/" + prefix + i).orThrow();
    }
  }

  private String ready(String node) {
    return ApiFields.condition(plane.admin().get("/api/v1/nodes/" + node).orThrow(), "Ready");
  }
}
