package io.nodelifecycle.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the simulation says of a snapshot is what then happens in the cluster that it was taken of.
 *
 * <p>Only pods of the snapshot are compared: the sandbox replaces lost ones itself. In a zone whose
 * nodes all die at once the order of nodes follows from the moments of their heartbeats, which a
 * snapshot does not tell; there the first is compared with the first, and so on.
 */
@EnabledIf("isKubectlThere")
final class SnapshotIT {
  private static final Duration LONG = Duration.ofSeconds(150);

  /** One heartbeat, one token of the rate, and what a busy machine takes. */
  private static final Offset<Double> SECONDS = within(2.5);

  private static final String STORY =
      """
      end: 50s
      cluster:
        zones: [a, b]
        nodes-per-zone: 3
        pods:
          web: {per-node: 1}
          api:
            per-node: 1
            tolerations:
              - {key: node.kubernetes.io/unreachable, effect: NoExecute, tolerationSeconds: 20}
      flags:
        node-monitor-period: 1s
        node-monitor-grace-period: 4s
        node-startup-grace-period: 5s
        node-eviction-rate: 1
      chapters:
        - at: 20s
          title: a node dies
          do: [{kill: node-a1}]
        - at: 25s
          title: a zone dies
          do: [{kill: zone b}]
        - at: 37s
          title: the zone is back
          do: [{return: zone b}]
      """;

  private static final Map<String, Pattern> SEEN =
      Map.of(
          "NODE_UNKNOWN", line("(node-(.)\\d) Ready=Unknown"),
          "NODE_READY", line("(node-(.)\\d) Ready=True"),
          "NODE_TAINTED", line("(node-(.)\\d) .*\\+unreachable:NoExecute.*"),
          "NODE_UNTAINTED", line("(node-(.)\\d) .*-unreachable:NoExecute.*"),
          "POD_EVICTED", line("pod ((?:web|api)-[1-6]) deleted, was on node-(.)\\d"));

  @TempDir private Path folder;

  private static Pattern line(String text) {
    return Pattern.compile("^ *([0-9.]+) s  " + text + "$", Pattern.MULTILINE);
  }

  /** Whether kubectl is on the path; said in one line if not. */
  static boolean isKubectlThere() {
    var isThere =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
            .filter(entry -> !entry.isBlank())
            .anyMatch(entry -> Files.isExecutable(Path.of(entry).resolve("kubectl")));
    if (!isThere) {
      System.err.println("the test of kubectl's snapshots not run: kubectl is not on the PATH");
    }
    return isThere;
  }

  @Test
  void aSnapshotOfKubectlGivesTheOutcomeThatTheClusterThenShows() throws IOException {
    var story = Files.writeString(folder.resolve("story.yaml"), STORY);
    try (var sandbox = program("sandbox", "--keep-running", "--story=" + story)) {
      // All six nodes have lost the taint of new ones: their first heartbeats are there.
      var calm = Pattern.compile("(?s)(.*-not-ready:NoSchedule){6}");
      assertThat(sandbox.awaitOutput(calm, LONG)).as(sandbox.tail(80)).isTrue();
      var matcher = Pattern.compile("KUBECONFIG=(\\S+)").matcher(sandbox.standardOutput());
      assertThat(matcher.find()).isTrue();
      snapshot(matcher.group(1), "json");
      snapshot(matcher.group(1), "yaml");
      assertThat(sandbox.standardOutput()).doesNotContain("a node dies");

      var simulated = simulate(story, "json");
      assertThat(simulate(story, "yaml")).isEqualTo(simulated);

      var over = Pattern.compile("The cluster goes on until Ctrl-C");
      assertThat(sandbox.awaitOutput(over, LONG)).as(sandbox.tail(80)).isTrue();
      assertThat(sandbox.standardOutput()).doesNotContain("more changes");
      compare(happened(sandbox.standardOutput()), simulated);
      sandbox.terminate();
      assertThat(sandbox.awaitExit(LONG)).isEqualTo(OptionalInt.of(0));
    }
  }

  private void snapshot(String kubeconfig, String form) {
    var command =
        List.of("kubectl", "--kubeconfig=" + kubeconfig, "get", "nodes,pods", "-A", "-o", form);
    try (var kubectl = ChildProcess.start("kubectl-" + form, folder, command)) {
      assertThat(kubectl.awaitExit(LONG)).as(kubectl.tail(20)).isEqualTo(OptionalInt.of(0));
      Files.writeString(folder.resolve("cluster." + form), kubectl.standardOutput());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void compare(
      Map<String, Map<String, Double>> happened, Map<String, Map<String, Double>> simulated) {
    // Five things in two zones; in zone a nothing comes back.
    assertThat(happened).as("in the sandbox").hasSize(8);
    assertThat(simulated.keySet()).isEqualTo(happened.keySet());
    happened.forEach((what, times) -> {
      var told = simulated.getOrDefault(what, Map.of());
      assertThat(told.keySet()).as(what + ": to whom").isEqualTo(times.keySet());
      var real = times.values().stream().sorted().toList();
      var said = told.values().stream().sorted().toList();
      for (int i = 0; i < real.size(); i++) {
        assertThat(said.get(i)).as(what + ": when").isCloseTo(real.get(i), SECONDS);
      }
    });
  }

  /** What happened in the sandbox: when to whom, by what and zone. */
  private static Map<String, Map<String, Double>> happened(String output) {
    var happened = new TreeMap<String, Map<String, Double>>();
    SEEN.forEach((kind, pattern) -> {
      var matcher = pattern.matcher(output);
      while (matcher.find()) {
        var what = kind + " in " + matcher.group(3);
        happened
            .computeIfAbsent(what, _ -> new TreeMap<>())
            .putIfAbsent(matcher.group(2), Double.valueOf(matcher.group(1)));
      }
    });
    return happened;
  }

  /** The same as the simulation has it. */
  private Map<String, Map<String, Double>> simulate(Path story, String form) {
    var happened = new TreeMap<String, Map<String, Double>>();
    var snapshot = "--snapshot=" + folder.resolve("cluster." + form);
    try (var simulation =
        program("simulate", snapshot, "--story=" + story, "--heartbeat-interval=1s", "--json=-")) {
      assertThat(simulation.awaitExit(LONG)).as(simulation.tail(20)).isEqualTo(OptionalInt.of(0));
      assertThat(simulation.standardError()).contains("the story's own cluster: does not count");
      var run = ApiClient.json(simulation.standardOutput()).path("runs").path(0);
      for (var happening : run.path("happenings")) {
        var kind = happening.path("kind").asString();
        if (SEEN.containsKey(kind)) {
          var name = happening.path("subject").asString().replaceFirst("^default/", "");
          happened
              .computeIfAbsent(
                  kind + " in " + happening.path("zone").asString(), _ -> new TreeMap<>())
              .putIfAbsent(name, happening.path("at").asDouble());
        }
      }
    }
    return happened;
  }

  private ChildProcess program(String subcommand, String... arguments) {
    var command = new ArrayList<String>();
    command.add(
        Path.of(System.getProperty("nlc.home"), "bin", "node-lifecycle-controller").toString());
    command.add(subcommand);
    command.addAll(List.of(arguments));
    return ChildProcess.start(subcommand, folder, command);
  }
}
