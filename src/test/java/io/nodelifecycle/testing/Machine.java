package io.nodelifecycle.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is measured on. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  private Machine() {}

  /** The processor, how many cores of it there are, and the Java virtual machine. */
  static String describe() throws IOException {
    return "On %d cores of %s, with %s %s."
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            model().orElse(System.getProperty("os.arch")),
            System.getProperty("java.vm.name"),
            System.getProperty("java.vm.version"));
  }

  /** As Linux names it; other systems have no such file. */
  private static Optional<String> model() throws IOException {
    if (!Files.exists(PROCESSORS)) {
      return Optional.empty();
    }
    try (var lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    }
  }
}
