package io.nodelifecycle.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.MeasuredDocument;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the program takes in clusters of thousands of nodes, on the in-memory API server. In every
 * build a short version runs; {@code -Dscale-study} makes it the whole; {@code -Ddocs=apply} writes
 * the document.
 */
final class ScaleStudyIT {
  private static final boolean IS_FULL = Boolean.getBoolean("scale-study");

  /** All clusters renew as many leases a second, so that what the program takes anyway is equal. */
  private static final int RENEWALS_PER_SECOND = 500;

  private static final List<Size> SIZES =
      IS_FULL
          ? List.of(new Size(500, 30), new Size(5_000, 30), new Size(15_000, 30))
          : List.of(new Size(500, 20), new Size(1_500, 20));

  private static final Duration SETTLING = Duration.ofSeconds(IS_FULL ? 20 : 5);
  private static final Duration WATCHED = Duration.ofSeconds(IS_FULL ? 60 : 10);
  private static final int BYTES_PER_POD_MAX = 400;

  /** From so many pods on, what the program keeps anyway is a small part of it. */
  private static final int PROMISED_PODS = 150_000;

  /** The small clusters have fewer pods on a node, which so count for more. */
  private static final int BYTES_PER_FURTHER_POD_MAX = IS_FULL ? BYTES_PER_POD_MAX : 500;

  /** Generous where the machine may do much besides. */
  private static final double CPU_RATIO_MAX = IS_FULL ? 1.2 : 2;

  private record Size(int nodes, int podsPerNode) {
    int pods() {
      return nodes * podsPerNode;
    }

    Duration renewal() {
      return Duration.ofMillis(1_000L * nodes / RENEWALS_PER_SECOND);
    }
  }

  private record Figures(
      Size size,
      double synced,
      long keptBytes,
      double residentMebibytes,
      double peakMebibytes,
      double cpuPerRenewalMicros) {}

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS)
  void whatIsKeptOfAPodIsSmallAndAHeartbeatCostsTheSameInEveryCluster(@TempDir Path folder) {
    var empty = measure(folder, new Size(0, 0), Duration.ofSeconds(1));
    var all = SIZES.stream().map(size -> measure(folder, size, size.renewal())).toList();
    var text =
        new StringBuilder(
            """
            | nodes | pods | synced after, s | heap kept, MiB | bytes per pod | resident, MiB |\
             at most, MiB | CPU per renewal, us |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            """);
    for (var figures : all) {
      text.append(row(figures, empty.keptBytes));
    }
    var ratio = all.getLast().cpuPerRenewalMicros / all.getFirst().cpuPerRenewalMicros;
    text.append(
        String.format(
            Locale.ROOT,
            "%nAn empty cluster: %.1f MiB of heap, %.0f MiB resident. Bytes per pod are all that is"
                + " kept beyond that, nodes included, shared among the pods; promised: at most"
                + " %d.%nCPU per renewal, largest over smallest cluster: %.2f; promised: at most"
                + " 1.2.%n",
            empty.keptBytes / 1048576.0,
            empty.residentMebibytes,
            BYTES_PER_POD_MAX,
            ratio));
    MeasuredDocument.put("scale", text.toString(), "ScaleStudyIT");
    assertThat(bytesPerFurtherPod(all.getFirst(), all.getLast()))
        .as("bytes per further pod")
        .isLessThanOrEqualTo(BYTES_PER_FURTHER_POD_MAX);
    assertThat(all)
        .filteredOn(figures -> figures.size.pods() >= PROMISED_PODS)
        .allSatisfy(figures ->
            assertThat(bytesPerPod(figures, empty.keptBytes))
                .as("bytes per pod of %s", figures.size)
                .isLessThanOrEqualTo(BYTES_PER_POD_MAX));
    assertThat(ratio).as("CPU per renewal").isLessThanOrEqualTo(CPU_RATIO_MAX);
  }

  private static String row(Figures figures, long emptyBytes) {
    return String.format(
        Locale.ROOT,
        "| %,d | %,d | %.1f | %.1f | %d | %.0f | %.0f | %.0f |%n",
        figures.size.nodes,
        figures.size.pods(),
        figures.synced,
        figures.keptBytes / 1048576.0,
        bytesPerPod(figures, emptyBytes),
        figures.residentMebibytes,
        figures.peakMebibytes,
        figures.cpuPerRenewalMicros);
  }

  private static long bytesPerPod(Figures figures, long emptyBytes) {
    return (figures.keptBytes - emptyBytes) / Math.max(1, figures.size.pods());
  }

  /** What does not grow with the cluster cancels out; nodes count as part of their pods. */
  private static long bytesPerFurtherPod(Figures few, Figures many) {
    return (many.keptBytes - few.keptBytes) / (many.size.pods() - few.size.pods());
  }

  private static Figures measure(Path folder, Size size, Duration renewal) {
    try (var cluster = new InMemoryCluster(size.nodes, size.podsPerNode, renewal)) {
      var starting = Stopwatch.startingAt(0);
      var arguments =
          List.of(
              "--master=" + cluster.uri(),
              "--leader-elect=false",
              "--secure-port=0",
              "--node-monitor-grace-period=5m");
      try (var process = ControllerProcess.program(folder, arguments).awaitSynced()) {
        var synced = starting.getAsDouble();
        Pause.of(SETTLING);
        var before = process.usage();
        Pause.of(WATCHED);
        var after = process.usage();
        var cpu = after.cpuSeconds() - before.cpuSeconds();
        var figures =
            new Figures(
                size,
                synced,
                JavaHeap.keptBytes(process.pid()),
                after.residentMebibytes(),
                after.peakMebibytes(),
                cpu * 1e6 / (RENEWALS_PER_SECOND * WATCHED.toSeconds()));
        System.out.println("scale: " + figures);
        return figures;
      }
    }
  }
}
