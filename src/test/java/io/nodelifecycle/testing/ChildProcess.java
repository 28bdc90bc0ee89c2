package io.nodelifecycle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A process that a test started: its output goes to two files, and it does not outlive the test's
 * own virtual machine.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final String name;
  private final Process process;
  private final Path standardOutput;
  private final Path standardError;
  private final Thread reaper;

  private ChildProcess(String name, Process process, Path standardOutput, Path standardError) {
    this.name = name;
    this.process = process;
    this.standardOutput = standardOutput;
    this.standardError = standardError;
    this.reaper = new Thread(process::destroyForcibly, "end " + name);
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /** Starts a command; its output is written to two new files in the folder. */
  public static ChildProcess start(String name, Path folder, List<String> command) {
    return start(name, folder, command, Map.of());
  }

  /** The same with these variables in its environment, besides those of the test. */
  static ChildProcess start(
      String name, Path folder, List<String> command, Map<String, String> environment) {
    try {
      var out = Files.createTempFile(folder, name + "-", ".out");
      var err = Files.createTempFile(folder, name + "-", ".err");
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
              .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
      builder.environment().putAll(environment);
      var process = builder.start();
      process.getOutputStream().close();
      return new ChildProcess(name, process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.getFirst(), e);
    }
  }

  /** The id of the process in the operating system. */
  public long pid() {
    return process.pid();
  }

  /** Is it still running? */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it wrote to standard output so far. */
  public String standardOutput() {
    return read(standardOutput);
  }

  /** What it wrote to standard error so far. */
  public String standardError() {
    return read(standardError);
  }

  /** Everything it wrote, standard output first. */
  public String output() {
    return standardOutput() + standardError();
  }

  /** The last lines of each of its outputs, for a failure's message. */
  public String tail(int lines) {
    return "--- %s, standard output\n%s\n--- %s, standard error\n%s"
        .formatted(name, last(standardOutput(), lines), name, last(standardError(), lines));
  }

  /** Waits until a line of its output matches; false when it ended or the time was over first. */
  public boolean awaitOutput(Pattern pattern, Duration timeout) {
    var deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      var alive = isAlive();
      if (pattern.matcher(output()).find()) {
        return true;
      }
      if (!alive || System.nanoTime() > deadline) {
        return false;
      }
      Pause.of(POLL);
    }
  }

  /** Waits for its end: the exit code, or empty when the time was over first. */
  public OptionalInt awaitExit(Duration timeout) {
    try {
      return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " was ending", e);
    }
  }

  /** Asks it to end (SIGTERM), without waiting. */
  public void terminate() {
    process.destroy();
  }

  /** Ends it at once (SIGKILL) and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    if (awaitExit(GRACE).isEmpty()) {
      throw new IllegalStateException(name + " survives SIGKILL");
    }
  }

  /** Ends it if it is still running. */
  @Override
  public void close() {
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(reaper);
    } catch (IllegalStateException _) {
      // The virtual machine is going down already, and the hook with it.
      return;
    }
  }

  private static String last(String text, int lines) {
    var all = text.lines().toList();
    return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
