package io.nodelifecycle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The kubectl of this machine: that beside the binaries of a control plane, or the first on the
 * path.
 *
 * @param folder where it runs, and where it keeps what it remembers of servers
 */
public record Kubectl(Path folder, Path kubeconfig) {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /**
   * What came of a command.
   *
   * @param output what it found
   * @param complaint what it complained of, and warnings
   */
  public record Answer(int code, String output, String complaint) {}

  /** Whether there is one; said in one line if not. */
  public static boolean isThere() {
    var found = executable().isPresent();
    if (!found) {
      System.err.println("tests with kubectl not run: neither KUBEBUILDER_ASSETS nor PATH has one");
    }
    return found;
  }

  private static Optional<Path> executable() {
    var path = System.getenv().getOrDefault("PATH", "").split(":");
    return Stream.concat(
            ControlPlane.binaries().stream(),
            Arrays.stream(path).filter(entry -> !entry.isBlank()).map(Path::of))
        .map(entry -> entry.resolve("kubectl"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** What a command that must succeed prints. */
  public String run(String... arguments) {
    var answer = attempt(arguments);
    if (answer.code() != 0) {
      throw new IllegalStateException(
          "kubectl %s: exit code %d%n%s%n%s"
              .formatted(
                  String.join(" ", arguments), answer.code(), answer.output(), answer.complaint()));
    }
    return answer.output();
  }

  /** Runs a command that may fail; one that takes longer than a minute is ended. */
  public Answer attempt(String... arguments) {
    try {
      var output = Files.createTempFile(folder, "kubectl-", ".txt");
      var complaint = Files.createTempFile(folder, "kubectl-", ".err");
      var process = builder(output, arguments).redirectError(complaint.toFile()).start();
      if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return new Answer(
          process.waitFor(),
          Files.readString(output, StandardCharsets.UTF_8),
          Files.readString(complaint, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run kubectl", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while kubectl ran", e);
    }
  }

  /** Starts a command that goes on by itself; both its outputs are written to the file. */
  public Process start(Path output, String... arguments) {
    try {
      return builder(output, arguments).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start kubectl", e);
    }
  }

  private ProcessBuilder builder(Path output, String... arguments) {
    var command = new ArrayList<String>();
    command.add(executable().orElseThrow().toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("HOME", folder.toString());
    return builder.redirectOutput(output.toFile());
  }
}
