package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.AuditLog;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.HarmWatch;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The API server goes away, or its etcd does, for many grace periods, so that no kubelet can say
 * that it is well. {@code -Daway.seconds} says for how long.
 */
@NeedsControlPlane
@Timeout(value = 60, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiServerAwayIT {
  private static final String CONTROLLER = "controller";
  private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("away.seconds", 24));
  private static final Duration WITHOUT_ETCD =
      Duration.ofSeconds(Integer.getInteger("away.seconds", 15));

  /** The longest wait between two tries to follow, or such a try that etcd does not answer. */
  private static final Duration HEARS_AGAIN = Duration.ofSeconds(10 + 6);

  private static final Duration AFTERMATH = Duration.ofSeconds(3);

  @TempDir private Path folder;
  private final ControlPlane plane = ControlPlane.startAudited(CONTROLLER);
  private final AuditLog audit = new AuditLog(plane.auditLog());

  @AfterAll
  void stop() {
    plane.close();
  }

  @BeforeEach
  void emptyCluster() {
    plane.clear();
  }

  @Test
  void onlyTheDeadAreJudgedWhenTheApiServerIsBack() {
    onlyTheDeadAreJudged(AWAY, plane::stopApiServer, plane::startApiServer);
  }

  /** The API server is there and keeps watches open, but can store and read nothing. */
  @Test
  void onlyTheDeadAreJudgedWhenEtcdIsBack() {
    onlyTheDeadAreJudged(WITHOUT_ETCD, plane::stopEtcd, plane::startEtcd);
  }

  private void onlyTheDeadAreJudged(Duration away, Runnable stop, Runnable start) {
    var kubeconfig =
        plane.kubeconfig(plane.authority().issueClient(CONTROLLER, List.of("system:masters")));
    try (var controller = ControllerProcess.program(folder, kubeconfig, Cluster.HASTY);
        var nodes = TroubledCluster.create(controller.awaitSynced(), plane.admin())) {
      var began = Instant.now();
      var burden = Burden.of(controller, began);
      nodes.die();
      nodes.fallSilent();
      stop.run();
      Pause.of(away);
      var during = burden.sinceThen(controller, Instant.now());
      var back = Instant.now();
      start.run();
      nodes.awaitLeases();
      var answers = Instant.now();
      nodes.comeBack();
      nodes.awaitNodes();
      nodes.deadIsJudged(HEARS_AGAIN.plus(TroubledCluster.GRACE).plus(AFTERMATH));
      var judged = Instant.now();
      System.out.printf(
          "back after %s, answers %s later, dead after %s; meanwhile %s%n",
          away, Duration.between(back, answers), Duration.between(answers, judged), during);
      assertThat(judged).isAfter(back.plus(TroubledCluster.GRACE));
      // What happened before this watch began, the audit log shows.
      try (var harm = HarmWatch.start(plane.admin(), TroubledCluster::isWell)) {
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
}
