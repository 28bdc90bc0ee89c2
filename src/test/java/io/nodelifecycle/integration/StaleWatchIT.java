package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.ControllerRun;
import io.nodelifecycle.Wiring;
import io.nodelifecycle.config.CommandLineSettings;
import io.nodelifecycle.config.FileSource;
import io.nodelifecycle.config.ParseOutcome;
import io.nodelifecycle.config.StartEnvironment;
import io.nodelifecycle.config.SubcommandNames;
import io.nodelifecycle.kubernetes.ConnectionException;
import io.nodelifecycle.parity.ReferenceCondition;
import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.serving.health.HealthCheck;
import io.nodelifecycle.serving.health.Verdict;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControlPlane.Authorization;
import io.nodelifecycle.testing.ControlPlane.User;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.HarmWatch;
import io.nodelifecycle.testing.LaggingProxy;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A watch is open and delivers nothing for longer than two grace periods, while all nodes are well.
 * The program reads live what it is about to act upon; the reference acts.
 */
@NeedsControlPlane
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StaleWatchIT {
  private static final User CONTROLLER = new User("controller");
  private static final String LEASES = "leases";
  private static final String NODES = "nodes";

  /** More than two grace periods. */
  private static final Duration HELD = Duration.ofSeconds(14);

  private static final Duration SOON = Duration.ofSeconds(20);

  /** In which a controller does what it is going to do when a watch has caught up. */
  private static final Duration AFTERMATH = Duration.ofSeconds(3);

  @TempDir private Path folder;
  private final ControlPlane plane =
      ControlPlane.start(Authorization.ALWAYS_ALLOW, List.of(CONTROLLER));
  private final LaggingProxy proxy = LaggingProxy.start(plane, CONTROLLER);

  @AfterAll
  void stop() {
    proxy.close();
    plane.close();
  }

  @BeforeEach
  void emptyCluster() {
    proxy.release();
    plane.clear();
  }

  @Test
  void noNodeIsSilentBecauseTheWatchOfLeasesIsBehind() {
    try (var controller = program();
        var nodes = LaggingCluster.create(plane.admin());
        var harm = HarmWatch.start(plane.admin())) {
      var clock = hold(LEASES);
      Outputs.says(controller, "lacks renewals.* resource=\"?leases", HELD);
      releaseAt(clock);
      Outputs.says(controller, "the watch has caught up", SOON);
      Pause.of(AFTERMATH);
      assertThat(harm.found()).as(controller.tail()).isEmpty();
      assertThat(controller.output()).doesNotContain("node is silent");
      nodes.bury(LaggingCluster.LEANING.getFirst());
      Outputs.says(controller, "node is silent", SOON);
      Outputs.endsWell(controller);
    }
  }

  @Test
  void noPodIsDeletedBecauseTheWatchOfNodesIsBehind() {
    try (var controller = program();
        var nodes = LaggingCluster.create(plane.admin())) {
      nodes.taint();
      try (var harm = HarmWatch.start(plane.admin())) {
        var clock = hold(NODES);
        nodes.untaint();
        Outputs.says(controller, averted(LaggingCluster.NEWCOMER), HELD);
        Outputs.says(controller, averted(LaggingCluster.COUNTING), HELD);
        releaseAt(clock);
        Pause.of(AFTERMATH);
        assertThat(harm.found()).as(controller.tail()).isEmpty();
        assertThat(controller.output()).doesNotContain("node is silent");
      }
      Outputs.endsWell(controller);
    }
  }

  private static String averted(String pod) {
    return "pod is not deleted: its node, read live, .*" + pod;
  }

  @Test
  void metricsTellOfWatchesThatAreBehind() throws ConnectionException, InterruptedException {
    try (var controller = wiring().controller(_ -> {})) {
      var runner = Thread.ofVirtual().start(() -> run(controller));
      try (var nodes = LaggingCluster.create(plane.admin())) {
        nodes.taint();
        assertThat(metric(controller, "averted_evictions_total")).isZero();
        hold(NODES);
        nodes.untaint();
        rises(controller, "averted_evictions_total");
        proxy.release();
        assertThat(metric(controller, "lease_watch_behind_total")).isZero();
        hold(LEASES);
        rises(controller, "lease_watch_behind_total");
        assertThat(
                Pause.until(SOON, () -> failingChecks(controller).equals(List.of("leases-heard"))))
            .isTrue();
        proxy.release();
        assertThat(Pause.until(SOON, () -> failingChecks(controller).isEmpty())).isTrue();
      }
      controller.stop();
      runner.join(SOON);
      assertThat(runner.isAlive()).isFalse();
    }
  }

  private Wiring wiring() {
    var flags =
        Cluster.HASTY.entrySet().stream()
            .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
            .toList();
    var access = List.of("--kubeconfig=" + kubeconfig(), "--leader-elect=false", "--secure-port=0");
    var parsed =
        new CommandLineSettings("test", new SubcommandNames(List.of()))
            .parse(
                Stream.concat(flags.stream(), access.stream()).toList(),
                new StartEnvironment(Map.of(), FileSource.disk()));
    assertThat(parsed).isInstanceOf(ParseOutcome.Run.class);
    var settings = ((ParseOutcome.Run) parsed).settings();
    return new Wiring(settings, Map.of(), "test", new SystemTime());
  }

  private static void run(ControllerRun controller) {
    try {
      controller.run();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** What of its liveness fails. */
  private static List<String> failingChecks(ControllerRun controller) {
    return controller.health().liveness().stream()
        .filter(check -> check.verdict().get() instanceof Verdict.Failed)
        .map(HealthCheck::name)
        .toList();
  }

  private static void rises(ControllerRun controller, String name) {
    assertThat(Pause.until(SOON, () -> metric(controller, name) > 0)).as(name + " rises").isTrue();
  }

  private static double metric(ControllerRun controller, String name) {
    var prefix = "node_lifecycle_" + name + " ";
    return controller
        .metrics("")
        .text()
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToDouble(line -> Double.parseDouble(line.substring(prefix.length())))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @ExtendWith(ReferenceCondition.class)
  void theReferenceGivesUpHealthyNodesWhenTheWatchOfLeasesIsBehind() {
    try (var _ = reference();
        var nodes = LaggingCluster.create(plane.admin())) {
      hold(LEASES);
      nodes.leaningNodesAreGivenUp(SOON);
    }
  }

  @Test
  @ExtendWith(ReferenceCondition.class)
  void theReferenceDeletesPodsWhenTheWatchOfNodesIsBehind() {
    try (var _ = reference();
        var nodes = LaggingCluster.create(plane.admin())) {
      nodes.taint();
      hold(NODES);
      nodes.untaint();
      nodes.isDeletedWithoutReason(LaggingCluster.NEWCOMER, SOON);
      nodes.isDeletedWithoutReason(LaggingCluster.COUNTING, SOON);
    }
  }

  private ControllerProcess program() {
    return ControllerProcess.program(folder, kubeconfig(), Cluster.HASTY).awaitSynced();
  }

  private ControllerProcess reference() {
    return ControllerProcess.reference(folder, kubeconfig(), Cluster.HASTY).awaitSynced();
  }

  private Path kubeconfig() {
    return proxy.kubeconfig(folder);
  }

  private Stopwatch hold(String resource) {
    proxy.hold(resource);
    return Stopwatch.startingAt(0);
  }

  /** Lets go what was held back since the clock was started, not before it was held for long. */
  private void releaseAt(Stopwatch clock) {
    var left = HELD.toMillis() - (long) (clock.getAsDouble() * 1e3);
    Pause.of(Duration.ofMillis(Math.max(0, left)));
    assertThat(proxy.holding()).as("watches that are held back").isPositive();
    proxy.release();
  }
}
