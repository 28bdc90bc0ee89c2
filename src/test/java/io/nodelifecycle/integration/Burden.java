package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ControllerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What a controller takes of its machine and of who reads its log.
 *
 * @param at when that was
 * @param lines it has logged
 * @param files it has open, connections included
 * @param mebibytes of memory it has held at most
 */
record Burden(Instant at, long lines, long files, double mebibytes) {
  /** Each cause is told of once a minute, by each of what follows or reads something. */
  private static final int LINES_A_MINUTE_MAX = 30;

  /** A request that is given up takes its connection with it. */
  private static final int FILES_MAX = 40;

  private static final double MEBIBYTES_MAX = 32;

  static Burden of(ControllerProcess controller, Instant now) {
    return new Burden(
        now,
        controller.output().lines().count(),
        openFiles(controller.pid()),
        controller.usage().peakMebibytes());
  }

  private static long openFiles(long pid) {
    try (var files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What has come on top since then. */
  Increase sinceThen(ControllerProcess controller, Instant time) {
    assertThat(controller.isAlive()).as(controller.tail()).isTrue();
    var now = of(controller, time);
    return new Increase(
        Duration.between(at, now.at),
        now.lines - lines,
        now.files - files,
        now.mebibytes - mebibytes);
  }

  /** What came on top in some time. */
  record Increase(Duration time, long lines, long files, double mebibytes) {
    /** However long the trouble goes on. */
    void assertModest(ControllerProcess controller) {
      var minutes = Math.max(1, time.toMillis() / 60_000.0);
      assertThat(lines / minutes).as(controller.output()).isLessThan(LINES_A_MINUTE_MAX);
      assertThat(files).as("open files").isLessThan(FILES_MAX);
      assertThat(mebibytes).as("MiB").isLessThan(MEBIBYTES_MAX);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d s: %d lines, %+d files, %+.1f MiB",
          time.toSeconds(),
          lines,
          files,
          mebibytes);
    }
  }
}
