package io.nodelifecycle.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A node lifecycle controller as a process of its own: the packaged program, or the reference for
 * comparison.
 */
public final class ControllerProcess implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern PROGRAM_SYNCED = Pattern.compile("caches synced");
  private static final Pattern REFERENCE_SYNCED =
      Pattern.compile("Caches are synced for taint", Pattern.LITERAL);
  private static final int TAIL_LINES = 40;

  private final ChildProcess process;
  private final Pattern synced;

  private ControllerProcess(ChildProcess process, Pattern synced) {
    this.process = process;
    this.synced = synced;
  }

  /** Starts the packaged program with exactly these arguments; its output is kept in the folder. */
  public static ControllerProcess program(Path folder, List<String> arguments) {
    return program(folder, arguments, Map.of());
  }

  private static ControllerProcess program(
      Path folder, List<String> arguments, Map<String, String> environment) {
    var command = new ArrayList<String>();
    command.add(executable().toString());
    command.addAll(arguments);
    return new ControllerProcess(
        ChildProcess.start("node-lifecycle-controller", folder, command, environment),
        PROGRAM_SYNCED);
  }

  /**
   * Starts the packaged program with exactly these arguments and a heap of so many MiB, which ends
   * it when they are not enough.
   */
  public static ControllerProcess small(Path folder, List<String> arguments, int heapMebibytes) {
    return withOptions(folder, arguments, "-Xmx" + heapMebibytes + "m");
  }

  /** Starts the packaged program with exactly these arguments, in a JVM with more options. */
  public static ControllerProcess withOptions(
      Path folder, List<String> arguments, String javaOptions) {
    return program(folder, arguments, Map.of("NLC_JAVA_OPTS", javaOptions));
  }

  /** Starts the packaged program without leader election and without its secure port. */
  public static ControllerProcess program(Path folder, Path kubeconfig, Map<String, String> flags) {
    var arguments = arguments(kubeconfig, flags);
    arguments.addAll(List.of("--leader-elect=false", "--secure-port=0"));
    return program(folder, arguments);
  }

  /** The reference's binary, where it lies beside those of the control plane. */
  public static Optional<Path> referenceBinary() {
    return ControlPlane.binaries()
        .map(folder -> folder.resolve("kube-controller-manager"))
        .filter(Files::isExecutable);
  }

  /** Starts the node lifecycle controllers of the reference, kube-controller-manager. */
  public static ControllerProcess reference(
      Path folder, Path kubeconfig, Map<String, String> flags) {
    var command = new ArrayList<String>();
    command.add(referenceBinary().orElseThrow().toString());
    command.addAll(arguments(kubeconfig, flags));
    command.addAll(
        List.of("--controllers=nodelifecycle", "--leader-elect=false", "--port=0", "-v=2"));
    command.add("--secure-port=0");
    return new ControllerProcess(
        ChildProcess.start("kube-controller-manager", folder, command), REFERENCE_SYNCED);
  }

  private static List<String> arguments(Path kubeconfig, Map<String, String> flags) {
    var arguments = new ArrayList<String>();
    flags.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    arguments.add("--kubeconfig=" + kubeconfig);
    return arguments;
  }

  /** The program that the build packaged: the system property {@code nlc.home} names its folder. */
  private static Path executable() {
    var home = System.getProperty("nlc.home", "target/node-lifecycle-controller");
    var executable = Path.of(home, "bin", "node-lifecycle-controller").toAbsolutePath();
    if (!Files.isExecutable(executable)) {
      throw new IllegalStateException("there is no " + executable + ": run mvn package first");
    }
    return executable;
  }

  /** Waits until it says that its caches have synced. */
  public ControllerProcess awaitSynced() {
    if (!process.awaitOutput(synced, START_TIMEOUT)) {
      throw new IllegalStateException("the controller did not sync\n" + process.tail(TAIL_LINES));
    }
    return this;
  }

  /** Waits until a line of its output matches; false when it ended or the time was over first. */
  public boolean awaitOutput(String regularExpression, Duration timeout) {
    return process.awaitOutput(Pattern.compile(regularExpression), timeout);
  }

  /** Waits for it to end by itself: the exit code, or empty when the time was over first. */
  public OptionalInt awaitExit(Duration timeout) {
    return process.awaitExit(timeout);
  }

  /** Asks it to end (SIGTERM): the exit code, or empty when the time was over first. */
  public OptionalInt terminate(Duration timeout) {
    process.terminate();
    return process.awaitExit(timeout);
  }

  /** Is it still running? */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The id of the process in the operating system. */
  public long pid() {
    return process.pid();
  }

  /** Ends it at once (SIGKILL). */
  public void kill() {
    process.kill();
  }

  /** What it takes. */
  public ProcessUsage usage() {
    return ProcessUsage.of(pid());
  }

  /** What it wrote to standard error so far. */
  public String standardError() {
    return process.standardError();
  }

  /** Everything it wrote so far. */
  public String output() {
    return process.output();
  }

  /** The last lines of its output, for a failure's message. */
  public String tail() {
    return process.tail(TAIL_LINES);
  }

  /** Ends it at once if it is still running. */
  @Override
  public void close() {
    process.close();
  }
}
