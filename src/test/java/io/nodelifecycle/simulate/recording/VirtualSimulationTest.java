package io.nodelifecycle.simulate.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.config.ParseOutcome;
import io.nodelifecycle.config.Settings;
import io.nodelifecycle.sandbox.kubelet.Kubelets.Rhythm;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.story.NodeSet;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import io.nodelifecycle.sandbox.story.StoryAction;
import io.nodelifecycle.simulate.cluster.InventedCluster;
import io.nodelifecycle.simulate.engine.InitialCluster;
import io.nodelifecycle.simulate.engine.SimulationPlan;
import io.nodelifecycle.simulate.plan.ControllerFlags;
import io.nodelifecycle.simulate.record.Happening;
import io.nodelifecycle.simulate.record.Happening.Kind;
import io.nodelifecycle.simulate.record.SimulationRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class VirtualSimulationTest {
  private static final String VICTIM = "node-eu-1b-1";

  /** Leadership ends 10 s after the last renewal, of which there was one every 2 s. */
  @ParameterizedTest
  @CsvSource({"5, 0", "11, 1", "30, 1", "120, 1"})
  void aControllerThatLosesItsLeadershipIsStartedAgainAndDoesItsWork(int seconds, int restarts) {
    var record =
        run(
            InventedCluster.of(4, 2, 3),
            chapter(1, new StoryAction.ApiDown(Duration.ofSeconds(seconds))),
            chapter(6, new StoryAction.Kill(new NodeSet(VICTIM, List.of(VICTIM)))));
    assertThat(texts(record, Kind.CONTROLLER))
        .filteredOn(text -> text.startsWith("could not renew its leadership"))
        .hasSize(restarts);
    assertThat(texts(record, Kind.CONTROLLER))
        .filteredOn(text -> text.equals("leads again"))
        .hasSize(restarts);
    // What dies after that is noticed, and nothing else is.
    for (var kind : List.of(Kind.NODE_UNKNOWN, Kind.NODE_TAINTED)) {
      assertThat(record.happenings())
          .filteredOn(happening -> happening.kind() == kind)
          .singleElement()
          .satisfies(happening -> assertThat(happening.subject()).isEqualTo(VICTIM))
          .satisfies(happening -> assertThat(happening.at().toSeconds()).isBetween(400L, 412L));
    }
    assertThat(texts(record, Kind.POD_EVICTED)).isNotEmpty();
  }

  @Test
  void aKubeletThatSaysItIsNotReadyLives() {
    var invented = InventedCluster.of(4, 2, 3);
    var nodes = invented.nodes().stream().map(ObjectNode::deepCopy).toList();
    setReady(nodes.getFirst(), "False");
    setReady(nodes.getLast(), "Unknown");
    var record = run(new InitialCluster(nodes, invented.pods(), List.of()));
    assertThat(texts(record, Kind.NODE_UNKNOWN)).isEmpty();
    var end = record.samples().getLast().zones();
    assertThat(end)
        .hasEntrySatisfying(
            "eu-1a",
            zone -> {
              assertThat(zone.notReady()).isEqualTo(1);
              assertThat(zone.dead()).isZero();
            })
        .hasEntrySatisfying(
            "eu-1b",
            zone -> {
              assertThat(zone.unknown()).isEqualTo(1);
              assertThat(zone.dead()).isEqualTo(1);
            });
  }

  private static void setReady(ObjectNode node, String status) {
    for (var condition : Json.at(node, "status", "conditions")) {
      if (condition instanceof ObjectNode object && Json.text(object, "type").equals("Ready")) {
        object.put("status", status);
      }
    }
  }

  private static List<String> texts(SimulationRecord record, Kind kind) {
    return record.happenings().stream()
        .filter(happening -> happening.kind() == kind)
        .map(Happening::text)
        .toList();
  }

  private static Chapter chapter(int minute, StoryAction action) {
    return new Chapter(Duration.ofMinutes(minute), action.toString(), List.of(action), List.of());
  }

  private static SimulationRecord run(InitialCluster cluster, Chapter... chapters) {
    var plan =
        new SimulationPlan(
            "outage",
            cluster,
            List.of(chapters),
            Duration.ofMinutes(20),
            settings(),
            Rhythm.KUBERNETES,
            1);
    return new VirtualSimulation().run(plan, _ -> {});
  }

  private static Settings settings() {
    return switch (new ControllerFlags("1", Map.of(), List.of()).settings()) {
      case ParseOutcome.Run run -> run.settings();
      case ParseOutcome.Refused refused -> throw new AssertionError(refused.text());
      case ParseOutcome.Help _ -> throw new AssertionError("help");
    };
  }
}
