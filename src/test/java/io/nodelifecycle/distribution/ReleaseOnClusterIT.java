package io.nodelifecycle.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ChildProcess;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.ProcessUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of the archive, and that of the image, at work on a real API server. */
@NeedsControlPlane
final class ReleaseOnClusterIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern SILENT =
      Pattern.compile("condition changed node=\"silent\".*UNKNOWN");
  private static final Pattern AUTHORITY = Pattern.compile("certificate-authority: (\\S+)");
  private static final double MEBIBYTES_MAX = 200;

  private static final String NODE =
      """
      {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "silent"},
       "status": {"conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady",
         "message": "", "lastHeartbeatTime": "2025-01-01T00:00:00Z",
         "lastTransitionTime": "2025-01-01T00:00:00Z"}]}}
      """;

  private static ControlPlane plane;

  @TempDir private Path folder;

  @BeforeAll
  static void startControlPlane() {
    plane = ControlPlane.start();
  }

  @AfterAll
  static void stopControlPlane() {
    plane.close();
  }

  @Test
  void theArchiveJudgesANode() {
    var archive = Archive.unpack(folder);
    judgesANode(archive.command("", flags(plane.kubeconfig())), "the archive's");
  }

  @Test
  @NeedsMounts
  void theImageJudgesANodeAsItsUserWithAReadOnlyRoot() throws IOException {
    var image = ContainerImage.unpack(folder).prepare();
    var kubernetes = Files.createDirectories(image.root().resolve("etc/kubernetes"));
    var kubeconfig = Files.readString(plane.kubeconfigWithToken("admin-token"));
    var authority = AUTHORITY.matcher(kubeconfig);
    assertThat(authority.find()).isTrue();
    Files.copy(Path.of(authority.group(1)), kubernetes.resolve("ca.crt"));
    Files.writeString(
        kubernetes.resolve("config"), authority.replaceFirst("certificate-authority: ca.crt"));
    var flags = flags(Path.of("/etc/kubernetes/config"));

    judgesANode(image.command("", flags), "the image's");
  }

  private void judgesANode(List<String> command, String whose) {
    plane.clear();
    plane.admin().post("/api/v1/nodes", ApiClient.json(NODE)).orThrow();
    try (var program = ChildProcess.start("release", folder, command)) {
      assertThat(program.awaitOutput(SILENT, TIMEOUT)).as(program.tail(40)).isTrue();
      var usage = ProcessUsage.of(program.pid());
      System.out.println(whose + " program: " + usage);
      assertThat(usage.peakMebibytes()).isLessThan(MEBIBYTES_MAX);
      program.terminate();
      assertThat(program.awaitExit(TIMEOUT)).as(program.tail(40)).isEqualTo(OptionalInt.of(0));
      assertThat(program.output()).contains("stopped").doesNotContain("ERROR");
    }
  }

  private static String[] flags(Path kubeconfig) {
    return new String[] {
      "--kubeconfig=" + kubeconfig,
      "--leader-elect=false",
      "--secure-port=0",
      "--node-monitor-period=1s",
      "--node-monitor-grace-period=4s"
    };
  }
}
