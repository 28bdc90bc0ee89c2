package io.nodelifecycle.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program meets a lease that is odd, or none and nowhere to make it. */
@NeedsControlPlane
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OddLeaseIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String LEADS = "this process leads";
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";

  @TempDir private Path folder;
  private final ControlPlane plane = ControlPlane.start();

  @AfterAll
  void stop() {
    plane.close();
  }

  private ControllerProcess program(String lease, String namespace) {
    return ControllerProcess.program(
            folder,
            List.of(
                "--kubeconfig=" + plane.kubeconfig(),
                "--secure-port=0",
                "--leader-elect-lease-duration=" + Replicas.LEASE.toSeconds() + "s",
                "--leader-elect-renew-deadline=" + Replicas.RENEW_DEADLINE.toSeconds() + "s",
                "--leader-elect-retry-period=1s",
                "--leader-elect-resource-name=" + lease,
                "--leader-elect-resource-namespace=" + namespace))
        .awaitSynced();
  }

  private void makeLease(String name, String holder, String durationSeconds) {
    var lease =
        """
        {"metadata": {"name": "%s"},
         "spec": {"holderIdentity": "%s", "leaseDurationSeconds": %s, "leaseTransitions": 7,
           "acquireTime": "9999-12-31T23:59:59.000000Z",
           "renewTime": "0001-01-01T00:00:00.000000Z"}}
        """
            .formatted(name, holder, durationSeconds);
    plane.admin().post(LEASES, ApiClient.json(lease)).orThrow();
  }

  private static void says(ControllerProcess program, String text) {
    assertThat(program.awaitOutput(text, SOON)).as(program.tail()).isTrue();
  }

  /** Like that of a process before it on this machine: only the whole name is its own. */
  @Test
  void aHolderOfANameLikeItsOwnIsAnotherAndIsWaitedFor() {
    var host = System.getenv().getOrDefault("HOSTNAME", "node-lifecycle-controller");
    var other = host + "_" + UUID.randomUUID();
    makeLease("like-mine", other, "3");
    var began = Instant.now();
    try (var program = program("like-mine", "kube-system")) {
      says(program, "standby: another process leads.*leader=\"" + other);
      assertThat(program.output()).doesNotContain(LEADS);
      says(program, LEADS);
      assertThat(Duration.between(began, Instant.now())).isGreaterThan(Replicas.LEASE);
      var spec = plane.admin().get(LEASES + "/like-mine").orThrow().path("spec");
      assertThat(spec.path("holderIdentity").asString()).startsWith(host).isNotEqualTo(other);
      assertThat(spec.path("leaseTransitions").asInt()).isEqualTo(8);
    }
  }

  /** Neither its times nor its duration are believed, and that is said. */
  @Test
  void aLeaseWithAbsurdTimesIsWaitedForLikeAnyOther() {
    makeLease("absurd", "someone", "2000000000");
    try (var program = program("absurd", "kube-system")) {
      says(program, "WARN .*names a duration that cannot be meant; another is assumed.*someone");
      says(program, LEADS);
    }
  }

  @Test
  void aNamespaceThatIsMissingIsNamedWithWhatToDoAndWaitedFor() {
    try (var program = program("lease", "not-yet")) {
      says(
          program,
          "WARN .*tried again.*namespace not-yet does not exist: create it, or name another with"
              + " --leader-elect-resource-namespace");
      Pause.of(Duration.ofSeconds(4));
      assertThat(program.isAlive()).as(program.tail()).isTrue();
      assertThat(program.output().lines().filter(line -> line.contains("not-yet does not exist")))
          .as("it is said once a minute")
          .hasSize(1);
      assertThat(program.output()).doesNotContain(LEADS);
      var namespace = ApiClient.json("{\"metadata\": {\"name\": \"not-yet\"}}");
      plane.admin().post("/api/v1/namespaces", namespace).orThrow();
      says(program, LEADS);
      assertThat(program.terminate(SOON)).hasValue(0);
    }
  }
}
