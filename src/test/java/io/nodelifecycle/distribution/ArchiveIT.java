package io.nodelifecycle.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of the archive, with nothing in its environment and no Java on its path. */
final class ArchiveIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String STORY =
      """
      end: 7s
      cluster:
        zones: [a, b]
        nodes-per-zone: 2
        pods: {web: {per-node: 1}}
      flags:
        node-monitor-period: 1s
        node-monitor-grace-period: 3s
        node-eviction-rate: 1
      chapters:
        - at: 1s
          title: "{subject} dies"
          do: [{kill: node-a1}]
          expect:
            - {nodes: node-a1, become: Unknown, by: 6s}
            - {nodes: zone b, never: Unknown, by: 6s}
      """;

  @TempDir private static Path folder;
  private static Archive archive;

  @BeforeAll
  static void unpack() {
    archive = Archive.unpack(folder);
  }

  @Test
  void helpIsPrinted() {
    try (var help = start("", "--help")) {
      assertThat(help.awaitExit(TIMEOUT)).as(help.tail(20)).isEqualTo(OptionalInt.of(0));
      assertThat(help.standardOutput()).contains("Usage: node-lifecycle-controller");
      assertThat(help.standardError()).isEmpty();
    }
  }

  @Test
  void aClusterLivesAndIsLookedAfter() throws IOException {
    var story = Files.writeString(folder.resolve("story.yaml"), STORY);
    try (var sandbox = start("", "sandbox", "--plain", "--story=" + story)) {
      assertThat(sandbox.awaitExit(TIMEOUT)).as(sandbox.tail(40)).isEqualTo(OptionalInt.of(0));
      assertThat(sandbox.standardOutput()).contains("All 2 expectations held.", ": all kept.");
    }
  }

  /** The JVM is told to start from the cache or not at all. */
  @Test
  void itsStartUpCacheFitsAfterUnpacking() throws IOException {
    try (var start = start("-XX:AOTMode=on", "--help")) {
      assertThat(start.awaitExit(TIMEOUT)).as(start.tail(20)).isEqualTo(OptionalInt.of(0));
    }

    var jar = archive.home().resolve("lib").resolve("node-lifecycle-controller.jar");
    var time = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    try (var strict = start("-XX:AOTMode=on", "--help");
        var lenient = start("", "--help")) {
      assertThat(strict.awaitExit(TIMEOUT)).as(strict.tail(20)).isEqualTo(OptionalInt.of(1));
      assertThat(lenient.awaitExit(TIMEOUT)).as(lenient.tail(20)).isEqualTo(OptionalInt.of(0));
    } finally {
      Files.setLastModifiedTime(jar, time);
    }
  }

  @Test
  void itsJavaHasNoOtherCommands() throws IOException {
    try (var commands = Files.list(archive.home().resolve("runtime").resolve("bin"))) {
      assertThat(commands.map(file -> file.getFileName().toString())).containsExactly("java");
    }
  }

  private static ChildProcess start(String javaOptions, String... arguments) {
    return ChildProcess.start("archive", folder, archive.command(javaOptions, arguments));
  }
}
