package io.nodelifecycle.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.NeedsControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every recording, replayed on a real control plane. Most of a replay is waiting, so several run at
 * once, each on a control plane of its own.
 */
@NeedsControlPlane
final class GoldenReplayIT {
  private static final int AT_ONCE = 3;

  /** The longest first. */
  private static final List<String> SCENARIOS =
      List.of(
          "queue_rate",
          "zone_full",
          "kubelet_not_ready_then_silent",
          "manual_taint",
          "condition_taints",
          "node_returns",
          "node_dies",
          "small_zone_partial",
          "never_posted",
          "labels");

  private record Run(String scenario, Future<String> difference) {
    private DynamicTest test() {
      return DynamicTest.dynamicTest(scenario, () -> assertThat(difference.get()).isEmpty());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyRecordedChangeHappensAndNothingElse(@TempDir Path folder) {
    var chosen = List.of(System.getProperty("golden.scenarios", "all").split(",", -1));
    var idle = new ConcurrentLinkedQueue<ControlPlane>();
    var pool = Executors.newFixedThreadPool(AT_ONCE);
    var runs =
        SCENARIOS.stream()
            .filter(scenario -> chosen.contains("all") || chosen.contains(scenario))
            .map(name -> new Run(name, pool.submit(() -> difference(name, folder, idle))))
            .toList();
    return runs.stream()
        .map(Run::test)
        .onClose(() -> {
          pool.close();
          idle.forEach(ControlPlane::close);
        });
  }

  private static String difference(String scenario, Path folder, Queue<ControlPlane> idle)
      throws IOException {
    var free = idle.poll();
    var plane = free != null ? free : ControlPlane.start();
    try {
      var own = Files.createDirectory(folder.resolve(scenario));
      return new Replay(Recording.read(scenario), Subject.chosen()).run(plane, own);
    } finally {
      idle.add(plane);
    }
  }
}
