package io.nodelifecycle.distribution;

import io.nodelifecycle.testing.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/** Files that the build made, and commands of this machine to look into them. */
final class Unpacked {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private Unpacked() {}

  /** The file that a system property of the build names. */
  static Path file(String property) {
    var file = Path.of(System.getProperty(property)).toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException("there is no " + file + ": a build with -Dquick makes none");
    }
    return file;
  }

  /** Unpacks an archive, compressed or not, into another folder that is there. */
  static void archive(Path folder, Path archive, Path into) {
    run(folder, "tar", "-x", "-f", archive.toString(), "-C", into.toString());
  }

  /** Runs a command that has to succeed, which writes into files in a folder; what it wrote. */
  static String run(Path folder, String... command) {
    try (var process = ChildProcess.start("command", folder, List.of(command))) {
      if (!process.awaitExit(TIMEOUT).equals(OptionalInt.of(0))) {
        throw new IllegalStateException(List.of(command) + " failed\n" + process.tail(20));
      }
      return process.standardOutput();
    }
  }

  /** A command in an environment that has only these variables, each {@code NAME=VALUE}. */
  static List<String> inEnvironment(List<String> variables, String... command) {
    var whole = new ArrayList<>(List.of("env", "-i"));
    whole.addAll(variables);
    Collections.addAll(whole, command);
    return whole;
  }
}
