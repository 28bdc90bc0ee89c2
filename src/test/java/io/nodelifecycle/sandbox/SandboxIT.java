package io.nodelifecycle.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.invariant.Rule;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged program as a process. */
final class SandboxIT {
  private static final Duration LONG = Duration.ofSeconds(150);

  /** One node dies; what is expected of it can be had in a few seconds. */
  private static final String SHORT =
      """
      end: 7s
      cluster:
        zones: [a, b]
        nodes-per-zone: 2
        pods: {web: {per-node: 1}}
      flags:
        node-monitor-period: 1s
        node-monitor-grace-period: 3s
        node-eviction-rate: 1
      chapters:
        - at: 1s
          title: "{subject} dies"
          do: [{kill: node-a1}]
          expect:
            - {nodes: node-a1, become: Unknown, by: 6s}
            - {nodes: zone b, never: Unknown, by: %s}
      """;

  @TempDir private Path folder;

  @Test
  void theStoryHoldsAndIsSummarized() {
    try (var sandbox = start()) {
      assertThat(sandbox.awaitExit(LONG)).as(sandbox.tail(80)).isEqualTo(OptionalInt.of(0));
      assertThat(sandbox.standardOutput())
          .contains("node-a1 +unreachable:NoSchedule +unreachable:NoExecute")
          .contains("zone c is now in FullDisruption")
          .containsPattern("All \\d+ expectations held\\.\\s+\\d{3,} requests .*: all kept\\.\\s*$")
          .doesNotContain("\u001b");
      assertThat(sandbox.standardError()).isEmpty();
    }
  }

  @Test
  void anExpectationThatCannotHoldIsExitCodeOne() throws IOException {
    var story =
        SHORT.formatted("6s").replace("node-a1, become: Unknown", "node-a2, become: Unknown");
    try (var sandbox = start("--story=" + write(story))) {
      assertThat(sandbox.awaitExit(LONG)).as(sandbox.tail(80)).isEqualTo(OptionalInt.of(1));
      assertThat(sandbox.standardOutput())
          .containsPattern("FAILED +node-a2 become Ready=Unknown +node-a2: not within 6.0 s; it is")
          .contains("1 of 2 expectations did not hold.");
    }
  }

  @Test
  void whileTheApiServerIsOutOfReachNobodyIsHeldSilent() throws IOException {
    var story =
        SHORT
            .formatted("6s")
            .replace("kill: node-a1", "api-down: 4s")
            .replace(
                "{nodes: node-a1, become: Unknown, by: 6s}",
                "{nodes: zone a, stay: Ready, by: 6s}");
    try (var sandbox = start("--story=" + write(story))) {
      assertThat(sandbox.awaitExit(LONG)).as(sandbox.tail(80)).isEqualTo(OptionalInt.of(0));
      assertThat(sandbox.standardOutput())
          .contains("the API server dies", "All 2 expectations held.", ": all kept.");
    }
  }

  /** Every expectation holds, and yet the controller seems to delete a pod of a healthy node. */
  @ParameterizedTest
  @CsvSource({"node-lifecycle-controller/9, 1", "kubectl/9, 0"})
  void aRuleThatTheControllerBreaksIsExitCodeOne(String userAgent, int exitCode) throws Exception {
    try (var sandbox = start("--story=" + write(SHORT.formatted("6s")))) {
      var kubeconfig = Pattern.compile("KUBECONFIG=(\\S+)");
      assertThat(sandbox.awaitOutput(Pattern.compile("node-a1 dies"), LONG)).isTrue();
      var matcher = kubeconfig.matcher(sandbox.standardOutput());
      assertThat(matcher.find()).isTrue();
      deletePodOf("node-b1", Path.of(matcher.group(1)), userAgent);
      assertThat(sandbox.awaitExit(LONG)).as(sandbox.tail(80)).isEqualTo(OptionalInt.of(exitCode));
      assertThat(sandbox.standardOutput()).contains("All 2 expectations held.");
      if (exitCode == 0) {
        assertThat(sandbox.standardOutput()).contains(": all kept.").doesNotContain("BROKEN");
      } else {
        assertThat(sandbox.standardOutput())
            .contains("RULE BROKEN: live-taints, default/web-")
            .contains("must never be broken: BROKEN once.")
            .contains("live-taints: \"" + Rule.LIVE_TAINTS.sentence() + "\"");
      }
    }
  }

  private static void deletePodOf(String node, Path kubeconfig, String userAgent)
      throws IOException, InterruptedException {
    var server = Pattern.compile("server: (\\S+)").matcher(Files.readString(kubeconfig));
    assertThat(server.find()).isTrue();
    var pods = server.group(1) + "/api/v1/namespaces/default/pods";
    try (var http = HttpClient.newHttpClient()) {
      var list =
          http.send(
              HttpRequest.newBuilder(URI.create(pods + "?fieldSelector=spec.nodeName%3D" + node))
                  .build(),
              BodyHandlers.ofString());
      var pod = ApiClient.json(list.body()).at("/items/0/metadata");
      var body = "{\"preconditions\": {\"uid\": \"%s\"}}".formatted(pod.path("uid").asString());
      var deletion =
          HttpRequest.newBuilder(URI.create(pods + "/" + pod.path("name").asString()))
              .header("User-Agent", userAgent)
              .method("DELETE", BodyPublishers.ofString(body))
              .build();
      assertThat(http.send(deletion, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aStoryThatIsNoneIsExitCodeTwo() throws IOException {
    var file = write(SHORT.formatted("soon"));
    try (var sandbox = start("--story=" + file)) {
      assertThat(sandbox.awaitExit(LONG)).isEqualTo(OptionalInt.of(2));
      assertThat(sandbox.standardError())
          .contains(file + ":16: chapters[0].expect[1].by: \"soon\" is not a duration");
    }
  }

  @Test
  void flagsThatTheProgramRefusesAreExitCodeTwo() throws IOException {
    var story = SHORT.formatted("6s").replace("node-eviction-rate: 1", "node-eviction-rat: 1");
    try (var sandbox = start("--story=" + write(story))) {
      assertThat(sandbox.awaitExit(LONG)).isEqualTo(OptionalInt.of(2));
      assertThat(sandbox.standardError()).contains("did you mean");
    }
  }

  @Test
  void aClusterThatIsKeptRunningEndsInOrder() throws IOException {
    var story = write(SHORT.formatted("6s"));
    try (var sandbox = start("--keep-running", "--story=" + story)) {
      var kept = Pattern.compile("The cluster goes on until Ctrl-C");
      assertThat(sandbox.awaitOutput(kept, LONG)).as(sandbox.tail(80)).isTrue();
      var matcher = Pattern.compile("KUBECONFIG=(\\S+)").matcher(sandbox.standardOutput());
      assertThat(matcher.find()).isTrue();
      var kubeconfig = Path.of(matcher.group(1));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kubeconfig)))
          .isEqualTo("rw-------");
      sandbox.terminate();
      assertThat(sandbox.awaitExit(LONG)).as(sandbox.tail(80)).isEqualTo(OptionalInt.of(0));
      assertThat(kubeconfig).doesNotExist();
    }
  }

  private Path write(String story) throws IOException {
    return Files.writeString(folder.resolve("story.yaml"), story);
  }

  private ChildProcess start(String... arguments) {
    var command = new ArrayList<String>();
    command.add(
        Path.of(System.getProperty("nlc.home"), "bin", "node-lifecycle-controller").toString());
    command.add("sandbox");
    command.addAll(List.of(arguments));
    return ChildProcess.start("sandbox", folder, command);
  }
}
