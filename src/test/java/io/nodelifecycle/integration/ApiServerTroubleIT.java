package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControlPlane.Authorization;
import io.nodelifecycle.testing.ControlPlane.User;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The API server refuses, is not there yet, or forbids one resource. */
@NeedsControlPlane
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiServerTroubleIT {
  private static final User CONTROLLER = new User("controller");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration RENEWAL = Duration.ofSeconds(1);

  private static final String NOT_READY = "node.kubernetes.io/not-ready:NoSchedule";
  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/";

  @TempDir private Path folder;
  private final ControlPlane plane = ControlPlane.start(Authorization.RBAC, List.of(CONTROLLER));
  private final Cluster cluster = new Cluster(plane.admin());

  @AfterAll
  void stop() {
    plane.close();
  }

  @BeforeEach
  void emptyCluster() {
    plane.clear();
  }

  @Test
  void aCertificateThatHasExpiredIsNamedAsTheReason() {
    var yesterday = Instant.now().minus(Duration.ofDays(1));
    var expired = plane.authority().issueClient("controller", List.of("system:masters"), yesterday);
    refused(plane.kubeconfig(expired));
  }

  @Test
  void aTokenThatIsNotAcceptedIsNamedAsTheReason() {
    refused(plane.kubeconfigWithToken("no-such-token"));
  }

  /** It may give up or go on trying, but it says what is wrong. */
  private void refused(Path kubeconfig) {
    try (var controller = ControllerProcess.program(folder, kubeconfig, Cluster.HASTY)) {
      Outputs.says(controller, "(?i)401|unauthori[sz]ed|expired", SOON);
      Outputs.hasNoStackTrace(controller);
    }
  }

  @Test
  void anApiServerThatIsNotThereYetIsWaitedFor() {
    plane.stopApiServer();
    try (var controller = ControllerProcess.program(folder, plane.kubeconfig(), Cluster.HASTY)) {
      Outputs.says(controller, "(?i)refused|cannot connect|not reach", SOON);
      Pause.of(Duration.ofSeconds(5));
      assertThat(controller.isAlive()).as(controller.tail()).isTrue();
      plane.startApiServer();
      controller.awaitSynced();
      try (var kubelets = new FakeKubelets(plane.admin(), RENEWAL)) {
        start(kubelets, "late");
        cluster.losesTaint("late", NOT_READY, SOON);
      }
      Outputs.endsWell(controller);
    }
  }

  @Test
  void aResourceThatIsForbiddenIsNamedWithTheRuleThatIsMissing() {
    allow("nodes-and-pods", "", List.of("nodes", "nodes/status", "pods", "pods/status", "events"));
    var kubeconfig = plane.kubeconfigWithToken(CONTROLLER.token());
    try (var controller = ControllerProcess.program(folder, kubeconfig, Cluster.HASTY);
        var kubelets = new FakeKubelets(plane.admin(), RENEWAL)) {
      Outputs.says(controller, "(?i)(?s)forbidden.*leases|leases.*forbidden|403.*leases", SOON);
      assertThat(controller.output())
          .contains("leases", "kube-node-lease", "list")
          .contains("coordination.k8s.io");
      assertThat(controller.output()).doesNotContain("caches synced");
      allow("leases", "coordination.k8s.io", List.of("leases"));
      start(kubelets, "allowed");
      controller.awaitSynced();
      cluster.losesTaint("allowed", NOT_READY, SOON);
      Outputs.endsWell(controller);
    }
  }

  private static void start(FakeKubelets kubelets, String node) {
    kubelets.join(node, Map.of("topology.kubernetes.io/zone", "a"));
  }

  /** Lets the controller's user do everything with these resources of one group. */
  private void allow(String name, String group, List<String> resources) {
    var rule =
        """
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole",
         "metadata": {"name": "%s"},
         "rules": [{"apiGroups": ["%s"], "resources": ["%s"], "verbs": ["*"]}]}
        """
            .formatted(name, group, String.join("\", \"", resources));
    var binding =
        """
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
         "metadata": {"name": "%s"},
         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "%s"},
         "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "%s"}]}
        """
            .formatted(name, name, CONTROLLER.name());
    plane.admin().post(ROLES + "clusterroles", ApiClient.json(rule)).orThrow();
    plane.admin().post(ROLES + "clusterrolebindings", ApiClient.json(binding)).orThrow();
  }
}
