package io.nodelifecycle.sandbox.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.sandbox.yaml.YamlProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

final class StoryReaderTest {
  private static final Path DEFAULT =
      Path.of("src/main/resources/io/nodelifecycle/sandbox/story.yaml");
  private static final Path DOCUMENT = Path.of("docs/sandbox.md");

  /** Line 1 is the title; the chapter's fields begin in line 11. */
  private static final String SMALL =
      """
      title: A small one
      end: 20s
      cluster:
        zones: [a, b]
        nodes-per-zone: 2
        pods:
          web: {per-node: 1, tolerations: [{key: gpu, value: x, tolerationSeconds: 3}]}
      flags:
        node-eviction-rate: 0.5
      chapters:
        - at: 2s
          title: "{subject} dies"
          do: [{kill: node 2 of zone b}]
          expect:
            - {nodes: zone last, become: Unknown, from: 1s, by: 9s}
      """;

  @Test
  void readsEveryPartOfAStory() {
    var story = good(SMALL, StoryScale.NONE);

    assertThat(story.title()).isEqualTo("A small one");
    assertThat(story.end()).isEqualTo(Duration.ofSeconds(20));
    assertThat(story.flags()).containsEntry("node-eviction-rate", "0.5");
    assertThat(story.cluster().nodesByZone().get("b")).containsExactly("node-b1", "node-b2");
    assertThat(story.cluster().pods().getFirst().tolerations())
        .containsExactly(new Toleration("gpu", "Equal", "x", "", 3L));
    var chapter = story.chapters().getFirst();
    assertThat(chapter.title()).isEqualTo("node-b2 dies");
    assertThat(chapter.actions())
        .containsExactly(new StoryAction.Kill(new NodeSet("node-b2", List.of("node-b2"))));
    assertThat(chapter.expectations())
        .containsExactly(
            new Expectation(
                "zone b (2 nodes) become Ready=Unknown",
                new Expectation.About.Nodes(
                    new NodeSet("zone b (2 nodes)", List.of("node-b1", "node-b2"))),
                new Expectation.Claim.Becomes(new State.NodeReady(ConditionStatus.UNKNOWN)),
                new Expectation.Window(
                    Expectation.Since.CHAPTER, Duration.ofSeconds(1), Duration.ofSeconds(9))));
  }

  @Test
  void theStoryOfTheProgramCanBePlayed() throws IOException {
    var story = good(Files.readString(DEFAULT), StoryScale.NONE);
    assertThat(story.cluster().nodes()).isEqualTo(12);
    assertThat(story.chapters()).hasSize(7);
    assertThat(story.end()).isLessThan(Duration.ofSeconds(80));
  }

  @Test
  void theStoryOfTheDocumentCanBePlayed() throws IOException {
    var text = Files.readString(DOCUMENT);
    int begin = text.indexOf("```yaml\n") + "```yaml\n".length();
    var story = good(text.substring(begin, text.indexOf("```", begin)), StoryScale.NONE);
    assertThat(story.chapters()).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "problems.csv", delimiter = '|', quoteCharacter = '\'')
  void whatIsWrongIsNamedWithItsLineAndField(
      String good, String bad, int line, String field, String what) {
    var problems = bad(SMALL.replace(good, bad));
    assertThat(problems)
        .anySatisfy(problem -> {
          assertThat(problem.line()).isEqualTo(line);
          assertThat(problem.field()).isEqualTo(field);
          assertThat(problem.text()).contains(what).startsWith("mine.yaml:" + line + ": ");
        });
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    var problems = bad(SMALL.replace("at: 2s", "at: x").replace("become: Unknown", "become: odd"));
    assertThat(problems).hasSize(2);
  }

  @Test
  void textThatIsNoYamlIsRefusedWithItsLine() {
    assertThat(bad("title: x\ncluster: [\n")).hasSize(1);
    assertThat(bad("title: x\n\ta: b\n").getFirst().line()).isEqualTo(2);
    assertThat(bad("").getFirst().text()).contains("is empty");
    assertThat(bad("just words").getFirst().text()).contains("is not a mapping");
    assertThat(bad("[".repeat(100_000)).getFirst().text()).contains("is not YAML");
  }

  @Test
  void moreNodesComeWithHigherRates() {
    var story = good(SMALL, scale(8, 0, -1));
    assertThat(story.cluster().nodesByZone().get("a")).hasSize(4);
    assertThat(story.flags()).containsEntry("node-eviction-rate", "1");
  }

  @Test
  void moreZonesAreNamedInOrder() throws IOException {
    var story = good(Files.readString(DEFAULT), scale(0, 5, -1));
    assertThat(story.cluster().zones()).containsExactly("a", "b", "c", "d", "e");
    assertThat(story.cluster().nodes()).isEqualTo(20);
    assertThat(story.chapters().get(4).title()).startsWith("zone e (4 nodes) goes down");
  }

  @ParameterizedTest
  @CsvSource({"5,  1 1 1 1 1", "6,  2 1 1 1 1", "7,  3 1 1 1 1", "8,  3 2 1 1 1", "12, 4 2 2 2 2"})
  void podsAreSpreadOverTheirKinds(int podsPerNode, String counts) throws IOException {
    var story = good(Files.readString(DEFAULT), scale(0, 0, podsPerNode));
    assertThat(story.cluster().pods().stream().map(kind -> "" + kind.perNode()))
        .containsExactly(counts.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"4, 9000", "8, 9004", "5000, 13996"})
  void morePodsMayTakeLonger(int nodes, long byMillis) {
    var story = good(SMALL, scale(nodes, 0, -1));
    assertThat(story.chapters().getFirst().expectations().getFirst().window().by())
        .isEqualTo(Duration.ofMillis(byMillis));
  }

  private static StoryScale scale(int nodes, int zones, int pods) {
    return new StoryScale(
        nodes > 0 ? OptionalInt.of(nodes) : OptionalInt.empty(),
        zones > 0 ? OptionalInt.of(zones) : OptionalInt.empty(),
        pods >= 0 ? OptionalInt.of(pods) : OptionalInt.empty());
  }

  private static Story good(String text, StoryScale scale) {
    return switch (StoryReader.read("mine.yaml", text, scale)) {
      case StoryOutcome.Good(var story) -> story;
      case StoryOutcome.Bad(var problems) -> throw new AssertionError(problems);
    };
  }

  private static List<YamlProblem> bad(String text) {
    return switch (StoryReader.read("mine.yaml", text, StoryScale.NONE)) {
      case StoryOutcome.Good(var story) -> throw new AssertionError("accepted: " + story);
      case StoryOutcome.Bad(var problems) -> problems;
    };
  }
}
