package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.AuditLog;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.HarmWatch;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.TcpRelay;
import io.nodelifecycle.testing.TcpRelay.Fate;
import io.nodelifecycle.testing.TcpRelay.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The network between the controller and the API server is cut one way. {@code -Dcut.seconds} says
 * for how long, {@code -Dcut.all} asks for all eight combinations; in every build they are two.
 */
@NeedsControlPlane
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OneWayCutIT {
  private static final String CONTROLLER = "controller";
  private static final Duration CUT = Duration.ofSeconds(Integer.getInteger("cut.seconds", 13));

  /** A watch that fails is tried again when its request has, and the wait between is over. */
  private static final Duration HEARS_AGAIN = Duration.ofSeconds(10 + 6);

  /** In which a controller does what it is going to do. */
  private static final Duration AFTERMATH = Duration.ofSeconds(3);

  @TempDir private Path folder;
  private final ControlPlane plane = ControlPlane.startAudited(CONTROLLER);
  private final AuditLog audit = new AuditLog(plane.auditLog());
  private final TcpRelay relay = TcpRelay.start(plane.server());

  @AfterAll
  void stop() {
    relay.close();
    plane.close();
  }

  @BeforeEach
  void emptyCluster() {
    plane.clear();
  }

  static Stream<Arguments> cuts() {
    if (Boolean.getBoolean("cut.all")) {
      return Stream.of(Way.values())
          .flatMap(way ->
              Stream.of(Fate.values())
                  .flatMap(fate ->
                      Stream.of(true, false).map(isHeard -> Arguments.of(way, fate, isHeard))));
    }
    return Stream.of(
        Arguments.of(Way.TO_SERVER, Fate.DELAYED, true),
        Arguments.of(Way.TO_CLIENT, Fate.LOST, false));
  }

  /**
   * No node that lives is held silent, and the one that does not is as soon as that can be known.
   *
   * @param isHeard whether the API server hears the kubelets meanwhile
   */
  @ParameterizedTest(name = "{0}, {1}, the API server hears the kubelets: {2}")
  @MethodSource("cuts")
  void onlyTheDeadAreJudged(Way way, Fate fate, boolean isHeard) {
    var kubeconfig =
        plane.kubeconfig(
            plane.authority().issueClient(CONTROLLER, List.of("system:masters")), relay.address());
    try (var controller = ControllerProcess.program(folder, kubeconfig, Cluster.HASTY);
        var nodes = TroubledCluster.create(controller.awaitSynced(), plane.admin());
        var harm = HarmWatch.start(plane.admin(), TroubledCluster::isWell)) {
      var began = Instant.now();
      var burden = Burden.of(controller, began);
      relay.cut(way, fate);
      nodes.die();
      if (!isHeard) {
        nodes.fallSilent();
      }
      Pause.of(CUT);
      var during = burden.sinceThen(controller, Instant.now());
      nodes.assertAllHeld();
      relay.heal();
      var healed = Instant.now();
      if (!isHeard) {
        nodes.comeBack();
      }
      nodes.deadIsJudged(HEARS_AGAIN.plus(TroubledCluster.GRACE).plus(AFTERMATH));
      var judged = Instant.now();
      System.out.printf(
          "%s %s, heard %b: dead after %s; meanwhile %s%n",
          way, fate, isHeard, Duration.between(healed, judged), during);
      if (way == Way.TO_CLIENT || !isHeard) {
        // It could not hear, and has to listen for a grace period first.
        assertThat(judged).isAfter(healed.plus(TroubledCluster.GRACE));
      }
      during.assertModest(controller);
      assertThat(harm.found()).as(controller.output()).isEmpty();
      nodes.deadIsEvicted();
      Pause.of(AFTERMATH);
      assertThat(harm.found()).as(controller.output()).isEmpty();
      nodes.assertOnlyTheDeadWereJudged(audit, began);
      Outputs.endsWell(controller);
    }
  }
}
