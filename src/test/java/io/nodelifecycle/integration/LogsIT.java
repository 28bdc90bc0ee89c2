package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ControllerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the packaged program logs, in which form, and where. No API server is there. */
final class LogsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String KUBECONFIG =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
      users: [{name: u, user: {token: secret-of-the-user}}]
      contexts: [{name: c, context: {cluster: c, user: u}}]
      current-context: c
      """;

  @TempDir private Path folder;

  private ControllerProcess start(String... flags) throws IOException {
    var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG);
    var common = Stream.of("--kubeconfig=" + kubeconfig, "--leader-elect=false", "--secure-port=0");
    return ControllerProcess.program(folder, Stream.concat(common, Stream.of(flags)).toList());
  }

  @Test
  void eachRecordIsAJsonObjectAndOneHoldsTheSettings() throws IOException {
    try (var controller = start("--log-format=json", "--node-monitor-period=7s")) {
      Outputs.says(controller, "connection refused", TIMEOUT);
      Outputs.endsWell(controller);

      var records = records(controller.standardError());
      assertThat(records)
          .filteredOn(record -> text(record).equals("effective settings"))
          .singleElement()
          .extracting(record -> record.path("kvpList").toString())
          .asString()
          .contains("{\"node-monitor-period\":\"7s\"}", "{\"kube-api-burst\":\"30\"}");
      assertThat(records).map(LogsIT::text).contains("waiting for caches", "stopped");
    }
  }

  private static List<JsonNode> records(String output) {
    var mapper = JsonMapper.shared();
    return output.lines().map(mapper::readTree).toList();
  }

  private static String text(JsonNode record) {
    return record.path("formattedMessage").asString();
  }

  @Test
  void theLogFolderGetsOneFileForTheDay() throws IOException {
    var logs = folder.resolve("logs");
    try (var controller = start("--log-dir=" + logs)) {
      Outputs.says(controller, "connection refused", TIMEOUT);
      Outputs.endsWell(controller);
    }

    try (var files = Files.list(logs)) {
      assertThat(files)
          .singleElement()
          .satisfies(file -> {
            assertThat(file.getFileName().toString())
                .matches("node-lifecycle-controller\\.\\d{4}-\\d{2}-\\d{2}\\.log");
            assertThat(Files.readString(file)).contains("connection refused", "stopped");
          });
    }
  }

  @Test
  void aLogFolderThatCannotBeMadeIsRefused() throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    try (var controller = start("--log-dir=" + file.resolve("logs"))) {
      assertThat(controller.awaitExit(TIMEOUT)).as(controller.tail()).hasValue(2);
      assertThat(controller.standardError()).contains("--log-dir", "name another folder");
      Outputs.hasNoStackTrace(controller);
    }
  }

  @Test
  void noTokenIsLoggedHoweverMuchIsLogged() throws IOException {
    try (var controller = start("-v=10")) {
      Outputs.says(controller, "connection refused", TIMEOUT);
      controller.terminate(TIMEOUT);
      assertThat(controller.output()).doesNotContain("secret-of-the-user");
    }
  }
}
