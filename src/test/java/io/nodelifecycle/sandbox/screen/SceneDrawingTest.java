package io.nodelifecycle.sandbox.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.screen.Scene.Coming;
import io.nodelifecycle.sandbox.screen.Scene.Health;
import io.nodelifecycle.sandbox.screen.Scene.NodeView;
import io.nodelifecycle.sandbox.screen.Scene.Tally;
import io.nodelifecycle.sandbox.screen.Scene.ZoneView;
import io.nodelifecycle.sandbox.story.StateChange;
import io.nodelifecycle.sandbox.story.StateChange.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SceneDrawingTest {
  @Test
  void eightyColumns() throws IOException {
    var lines = new SceneDrawing(Paint.PLAIN, 80, 24).lines(scene(4));
    assertThat(String.join("\n", lines) + "\n").isEqualTo(snapshot("80-columns.txt"));
  }

  @Test
  void hundredAndTwentyColumns() throws IOException {
    var lines = new SceneDrawing(Paint.PLAIN, 120, 40).lines(scene(7));
    assertThat(String.join("\n", lines) + "\n").isEqualTo(snapshot("120-columns.txt"));
  }

  @Test
  void manyNodesAreDrawnAsOneCharacterEach() {
    var lines = new SceneDrawing(Paint.PLAIN, 80, 24).lines(scene(150));
    assertThat(lines.subList(2, 5))
        .containsExactly(
            "zone a   Normal            147 Ready, 1 silent, 1 Unknown, 1 NotReady, 1 NoExe..",
            " X.!" + "+".repeat(75),
            " " + "+".repeat(72));
  }

  @Test
  void tooManyNodesBecomeNumbers() {
    var lines = new SceneDrawing(Paint.PLAIN, 80, 24).lines(scene(2500));
    assertThat(lines.get(2)).startsWith("zone a   Normal            2497 Ready, 1 silent");
    assertThat(lines.get(3)).startsWith("zone b   FullDisruption");
  }

  @ParameterizedTest
  @CsvSource({
    "80, 24, 4",
    "80, 24, 40",
    "80, 24, 400",
    "80, 24, 5000",
    "40, 12, 30",
    "200, 60, 99"
  })
  void aFrameNeverGrowsBeyondTheTerminal(int width, int height, int nodes) {
    var changes = new ArrayList<StateChange>();
    IntStream.range(0, 100)
        .forEach(i -> changes.add(new StateChange(Duration.ZERO, Weight.POD, "change " + i)));
    var scene = scene(nodes);
    var full =
        new Scene(
            scene.title(),
            scene.chapter(),
            scene.at(),
            scene.end(),
            scene.zones(),
            scene.upcoming(),
            changes,
            scene.tally(),
            scene.hints());
    var lines = new SceneDrawing(Paint.PLAIN, width, height).lines(full);
    assertThat(lines).hasSizeLessThan(height);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    assertThat(lines).contains("Next", "Seen");
    assertThat(lines.getLast()).isEqualTo("export KUBECONFIG=x");
    assertThat(lines.get(lines.size() - 2)).endsWith("change 99");
  }

  @ParameterizedTest
  @CsvSource({"0, '3 of 9 expectations held, 1 BROKEN'", "2, '1 BROKEN; 2 RULES BROKEN'"})
  void brokenRulesAreCountedAtTheTop(int broken, String end) {
    var scene = scene(4);
    var marked =
        new Scene(
            scene.title(),
            scene.chapter(),
            scene.at(),
            scene.end(),
            scene.zones(),
            scene.upcoming(),
            scene.changes(),
            new Tally(9, 3, 1, broken),
            scene.hints());
    assertThat(new SceneDrawing(Paint.PLAIN, 120, 40).lines(marked).getFirst()).endsWith(end);
  }

  @Test
  void coloursChangeNothingButColours() {
    var plain = String.join("\n", new SceneDrawing(Paint.PLAIN, 80, 24).lines(scene(4)));
    var coloured = String.join("\n", new SceneDrawing(Paint.ANSI, 80, 24).lines(scene(4)));
    assertThat(coloured).contains("\u001b[31m");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "").replaceAll(" +\n", "\n")).isEqualTo(plain);
  }

  private static String snapshot(String name) throws IOException {
    return Files.readString(
        Path.of("src/test/resources/io/nodelifecycle/sandbox/screen").resolve(name));
  }

  private static Scene scene(int nodesPerZone) {
    return new Scene(
        "A story",
        "node-a1 dies",
        Duration.ofMillis(12_300),
        Duration.ofSeconds(66),
        List.of(
            new ZoneView("a", "Normal", nodes("a", nodesPerZone)),
            new ZoneView("b", "FullDisruption", nodes("b", nodesPerZone))),
        List.of(
            new Coming(Duration.ofMillis(2100), "1 api pod of node-a1 goes"),
            new Coming(
                Duration.ofSeconds(9),
                "story: node-b2 dies, too, and this sentence is so long that it is cut in a"
                    + " narrow terminal")),
        List.of(
            new StateChange(Duration.ofMillis(400), Weight.NODE, "node-a1 Ready=Unknown"),
            new StateChange(
                Duration.ofSeconds(12), Weight.POD, "pod web-1 deleted, was on node-a1")),
        new Tally(9, 3, 1, 0),
        List.of("export KUBECONFIG=x"));
  }

  private static List<NodeView> nodes(String zone, int count) {
    var nodes = new ArrayList<NodeView>();
    for (int i = 1; i <= count; i++) {
      var name = "node-" + zone + i;
      nodes.add(
          switch (i) {
            case 1 -> new NodeView(name, Health.UNKNOWN, true, true, 2, 3);
            case 2 -> new NodeView(name, Health.SILENT, false, false, 6, 0);
            case 3 -> new NodeView(name, Health.NOT_READY, true, false, 6, 0);
            default -> new NodeView(name, Health.READY, false, false, 6, 0);
          });
    }
    return nodes;
  }
}
