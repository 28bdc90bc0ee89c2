package io.nodelifecycle.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replica that is started in the middle of an outage, and takes over before it is dealt with,
 * taints the nodes that are left at the rate of their zone.
 */
@NeedsControlPlane
final class TakeoverRateIT {
  private static final int NODES = 14;
  private static final int DOWN = 6;
  private static final Duration TURN = Duration.ofSeconds(4);
  private static final Duration SOON = Duration.ofSeconds(60);

  /** One node in four seconds. */
  private static final Map<String, String> RATE = Map.of("node-eviction-rate", "0.25");

  private final ControlPlane plane = ControlPlane.startAudited(Replicas.users(2));
  private final FakeKubelets kubelets = new FakeKubelets(plane.admin(), Duration.ofSeconds(1));

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    kubelets.close();
    plane.close();
  }

  @Test
  void whatIsLeftIsTaintedNodeByNode() {
    try (var replicas = new Replicas(plane, folder)) {
      var first = replicas.start(RATE);
      replicas.awaitLeader(first::equals);
      IntStream.range(0, NODES).forEach(this::addNode);
      // The first replica sees them fall silent in this order, the second one lists them in the
      // other: what each would let out first is not the same.
      for (var i = DOWN - 1; i >= 0; i--) {
        kubelets.stopAfterHeartbeat(name(i));
        Pause.of(Duration.ofMillis(300));
      }
      awaitTainted(1);
      var second = replicas.start(RATE);
      awaitTainted(3);
      assertThat(first.process().terminate(SOON)).hasValue(0);
      replicas.awaitLeader(second::equals);
      awaitTainted(DOWN);
      var times = tainted();
      var hasty =
          IntStream.range(1, DOWN)
              .filter(i ->
                  Duration.between(times.get(i - 1), times.get(i)).compareTo(TURN.dividedBy(2)) < 0)
              .count();
      assertThat(hasty).as("a new leader has one token: %s", times).isLessThanOrEqualTo(1);
    }
  }

  private static String name(int number) {
    return "a-" + number;
  }

  private void addNode(int number) {
    kubelets.join(name(number), Map.of("topology.kubernetes.io/zone", "a"));
  }

  private void awaitTainted(int count) {
    assertThat(Pause.until(SOON, () -> tainted().size() >= count))
        .as(tainted().toString())
        .isTrue();
  }

  /** When nodes were tainted for eviction, in order. */
  private List<Instant> tainted() {
    return IntStream.range(0, DOWN)
        .mapToObj(i -> plane.admin().get("/api/v1/nodes/" + name(i)).orThrow())
        .flatMap(node -> node.path("spec").path("taints").valueStream())
        .filter(taint ->
            taint.path("key").asString().equals("node.kubernetes.io/unreachable")
                && taint.path("effect").asString().equals("NoExecute"))
        .map(taint -> Instant.parse(taint.path("timeAdded").asString()))
        .sorted()
        .toList();
  }
}
