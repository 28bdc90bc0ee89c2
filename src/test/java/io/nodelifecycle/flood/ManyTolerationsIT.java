package io.nodelifecycle.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pods with 200 tolerations on a node with 200 taints, amid pods that come and go with others. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ManyTolerationsIT {
  private static final int TOLERATIONS = 200;
  private static final int HISTORY = 20_000;
  private static final int QPS = 20;
  private static final Duration FLOOD = Duration.ofSeconds(12);

  /** With 200 tolerations each; none of them was ever seen before. */
  private static final int PODS_PER_SECOND = 600;

  private static final double PODS_PER_SECOND_MIN = 100;
  private static final int TOLERATED_SECONDS = 4;
  private static final Duration DECIDED_WITHIN = Duration.ofSeconds(3);

  @Test
  void twoHundredTolerationsAreDecidedOnAndForgotten(@TempDir Path folder) {
    try (var cluster = FloodedCluster.start(HISTORY)) {
      cluster.addNode("tainted", "z1");
      cluster.addNode("node-1", "z1");
      cluster.addPod("tolerates-all", "tainted", tolerations(TOLERATIONS, i -> "v" + i, ""));
      cluster.addPod("lacks-one", "tainted", tolerations(TOLERATIONS - 1, i -> "v" + i, ""));
      var seconds = ", \"tolerationSeconds\": " + TOLERATED_SECONDS;
      cluster.addPod("for-a-while", "tainted", tolerations(TOLERATIONS, i -> "v" + i, seconds));
      try (var program = FloodedProgram.start(folder, cluster, QPS)) {
        comeAndGo(cluster);
        program.hasWithstood("tolerations");
        decides(cluster);
        program.hasWithstood("tolerations");
      }
    }
  }

  private static void comeAndGo(FloodedCluster cluster) {
    var rate =
        FloodedCluster.flood(
            PODS_PER_SECOND,
            FLOOD,
            pod -> {
              var unique = "value-of-some-length-" + pod + "-";
              cluster.addPod("p" + pod, "node-1", tolerations(TOLERATIONS, i -> unique + i, ""));
              var ref = ObjectRef.pod("default", "p" + pod);
              var _ = cluster.objects().delete(ref, DeleteOptions.NOW, Instant.now());
            });
    Report.of("tolerations", "%.0f pods a second", rate);
    assertThat(rate).isGreaterThan(PODS_PER_SECOND_MIN);
  }

  private static void decides(FloodedCluster cluster) {
    var taints =
        IntStream.range(0, TOLERATIONS)
            .mapToObj(
                "{\"key\": \"example.com/k%1$d\", \"value\": \"v%1$d\", \"effect\": \"NoExecute\"}"
                    ::formatted)
            .collect(Collectors.joining(", ", "{\"taints\": [", "]}"));
    cluster.change(
        ObjectRef.node("tainted"), Part.MAIN, node -> node.set("spec", Json.object(taints)));
    assertThat(Pause.until(DECIDED_WITHIN, () -> cluster.isEnding("lacks-one"))).isTrue();
    assertThat(cluster.isEnding("for-a-while")).as("before its seconds are over").isFalse();
    var over = Duration.ofSeconds(TOLERATED_SECONDS).plus(DECIDED_WITHIN);
    assertThat(Pause.until(over, () -> cluster.isEnding("for-a-while"))).isTrue();
    assertThat(cluster.isEnding("tolerates-all")).isFalse();
  }

  /**
   * Tolerations of the taints from the first on.
   *
   * @param last what the last one has besides
   */
  private static String tolerations(int count, IntFunction<String> value, String last) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            "{\"key\": \"example.com/k%d\", \"value\": \"%s\", \"effect\": \"NoExecute\"%s}"
                .formatted(i, value.apply(i), i == count - 1 ? last : ""))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
