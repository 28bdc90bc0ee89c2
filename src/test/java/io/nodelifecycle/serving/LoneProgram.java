package io.nodelifecycle.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ControllerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The packaged program with its secure port, where no API server is. */
final class LoneProgram {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
      users: [{name: u, user: {token: secret}}]
      contexts: [{name: c, context: {cluster: c, user: u}}]
      current-context: c
      """;

  private LoneProgram() {}

  /** What it is started with; further flags may replace these. */
  static List<String> arguments(Path folder, int port, String... flags) throws IOException {
    var arguments = new ArrayList<String>();
    arguments.add("--kubeconfig=" + Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG));
    arguments.addAll(List.of("--leader-elect=false", "--bind-address=127.0.0.1"));
    arguments.add("--secure-port=" + port);
    arguments.addAll(List.of(flags));
    return arguments;
  }

  /** Waits until it answers on its port. */
  static void awaitOpen(ControllerProcess program) {
    assertThat(program.awaitOutput("the secure port is open", SOON)).as(program.tail()).isTrue();
  }
}
