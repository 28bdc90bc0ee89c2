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

/** What the image says of itself, and that its entry point runs as it says. */
final class ImageIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int LAYERS_OF_OURS = 3;

  @TempDir private static Path folder;
  private static ContainerImage image;

  @BeforeAll
  static void unpack() {
    image = ContainerImage.unpack(folder).prepare();
  }

  @Test
  void runsAsANumberedUserWhoIsNotRoot() {
    assertThat(image.configuration().at("/config/User").asString()).isEqualTo("65532:65532");
  }

  @Test
  void isForThisArchitecture() {
    assertThat(image.configuration().at("/os").asString()).isEqualTo("linux");
    assertThat(image.configuration().at("/architecture").asString())
        .isEqualTo(System.getProperty("nlc.architecture"));
  }

  @Test
  void saysWhatItIs() {
    var labels = image.configuration().at("/config/Labels");
    var prefix = "org.opencontainers.image.";
    assertThat(labels.get(prefix + "title").asString()).isEqualTo("node-lifecycle-controller");
    assertThat(labels.get(prefix + "licenses").asString()).isEqualTo("Apache-2.0");
    assertThat(labels.get(prefix + "version").asString()).startsWith("0.");
    assertThat(labels.has(prefix + "revision")).isTrue();
  }

  /** The runtime, the libraries and the program, so that a release sends again what has changed. */
  @Test
  void hasALayerForEachThatChangesByItself() {
    assertThat(image.manifest().at("/Layers").size()).isGreaterThanOrEqualTo(LAYERS_OF_OURS);
    assertThat(image.root().resolve("app"))
        .isDirectoryContaining("glob:**/runtime")
        .isDirectoryContaining("glob:**/lib");
    assertThat(image.root().resolve("app").toFile().list()).hasSize(2);
  }

  /** The same build at another time gives the same image, the start-up cache left out. */
  @Test
  void hasNoTimeOfItsBuild() throws IOException {
    var time = image.configuration().at("/created").asString();
    assertThat(time).isEqualTo("2025-01-01T00:00:00Z");
    var jar = image.root().resolve("app/lib/node-lifecycle-controller.jar");
    assertThat(Files.getLastModifiedTime(jar)).hasToString(time);
  }

  /** There is no shell, so that the launcher cannot run; the files with its options are shared. */
  @Test
  void startsWithTheOptionsOfTheLauncher() {
    var words = image.entryPoint();
    assertThat(words)
        .containsSubsequence("@/app/lib/jvm.options", "@/app/lib/controller.options", "-jar");
    assertThat(words)
        .filteredOn(word -> word.contains("/app/"))
        .allSatisfy(word ->
            assertThat(image.root().resolve(word.substring(word.indexOf("/app/") + 1)))
                .isRegularFile());
    assertThat(image.root().resolve(words.getFirst().substring(1))).isExecutable();
    assertThat(image.configuration().at("/config/Env"))
        .anyMatch(variable -> variable.asString().equals("MALLOC_ARENA_MAX=1"));
  }

  @Test
  @NeedsMounts
  void helpIsPrintedWithAReadOnlyRoot() {
    try (var help = start("")) {
      assertThat(help.awaitExit(TIMEOUT)).as(help.tail(20)).isEqualTo(OptionalInt.of(0));
      assertThat(help.standardOutput()).contains("Usage: node-lifecycle-controller");
      assertThat(help.standardError()).isEmpty();
    }
  }

  /** The JVM is told to start from the cache or not at all. */
  @Test
  @NeedsMounts
  void itsStartUpCacheFits() throws IOException {
    try (var start = start("-XX:AOTMode=on")) {
      assertThat(start.awaitExit(TIMEOUT)).as(start.tail(20)).isEqualTo(OptionalInt.of(0));
    }
    var jar = image.root().resolve("app/lib/node-lifecycle-controller.jar");
    var time = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    try (var start = start("-XX:AOTMode=on")) {
      assertThat(start.awaitExit(TIMEOUT)).as(start.tail(20)).isEqualTo(OptionalInt.of(1));
    } finally {
      Files.setLastModifiedTime(jar, time);
    }
  }

  private static ChildProcess start(String javaOptions) {
    var command = image.command(javaOptions, "--help");
    return ChildProcess.start("image", folder, command);
  }
}
