package io.nodelifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.config.CommandLineSettings;
import io.nodelifecycle.config.FileSource;
import io.nodelifecycle.config.ParseOutcome;
import io.nodelifecycle.config.Settings;
import io.nodelifecycle.config.StartEnvironment;
import io.nodelifecycle.config.SubcommandNames;
import io.nodelifecycle.runtime.SystemTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WiringTest {
  @TempDir private Path folder;

  /** Nor does a kubeconfig count that appears after the settings were made. */
  @Test
  void anAddressAloneIsReachedAsNobodyWhateverIsAround() {
    var environment =
        Map.of(
            "KUBERNETES_SERVICE_HOST", "10.96.0.1",
            "KUBERNETES_SERVICE_PORT", "443",
            "KUBECONFIG", folder.resolve("absent").toString(),
            "HOME", folder.toString(),
            "HTTPS_PROXY", "http://proxy:3128");
    var settings = settings(environment, "--master=https://other.example:6443");

    var address = new Wiring(settings, environment, "test", new SystemTime()).address();

    assertThat(address.master()).isEqualTo("https://other.example:6443");
    assertThat(address.kubeconfig()).isEmpty();
    assertThat(address.environment()).containsOnlyKeys("KUBERNETES_SERVICE_PORT", "HTTPS_PROXY");
  }

  private static Settings settings(Map<String, String> environment, String access) {
    var arguments = List.of(access, "--leader-elect=false", "--secure-port=0");
    var parsed =
        new CommandLineSettings("test", new SubcommandNames(List.of()))
            .parse(arguments, new StartEnvironment(environment, FileSource.disk()));
    assertThat(parsed).isInstanceOf(ParseOutcome.Run.class);
    return ((ParseOutcome.Run) parsed).settings();
  }
}
