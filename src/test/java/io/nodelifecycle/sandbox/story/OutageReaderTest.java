package io.nodelifecycle.sandbox.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.story.OutageReader.StoryCluster;
import io.nodelifecycle.sandbox.yaml.YamlProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutageReaderTest {
  private static final String STORY =
      """
      title: A zone goes
      end: 20m
      cluster:
        zones: [a, b]
        nodes-per-zone: 2
        pods: {web: {per-node: 1}}
      flags: {node-eviction-rate: 0.5}
      chapters:
        - at: 2m
          title: "{subject} goes"
          do: [{kill: zone b}, {api-down: 90s}]
          expect:
            - {nodes: zone z, become: nonsense}
      """;

  private final List<YamlProblem> problems = new ArrayList<>();

  @Test
  void aStoryBringsItsOwnCluster() {
    var story = read(STORY, StoryScale.NONE, Optional.empty()).orElseThrow();
    assertThat(problems).isEmpty();
    assertThat(story.cluster().orElseThrow().nodes()).isEqualTo(4);
    assertThat(story.end()).isEqualTo(Duration.ofMinutes(20));
    assertThat(story.flags()).containsEntry("node-eviction-rate", "0.5");
    var chapter = story.chapters().getFirst();
    assertThat(chapter.title()).isEqualTo("zone b (2 nodes) goes");
    assertThat(chapter.expectations()).isEmpty();
    assertThat(chapter.actions())
        .containsExactly(
            new StoryAction.Kill(new NodeSet("zone b (2 nodes)", List.of("node-b1", "node-b2"))),
            new StoryAction.ApiDown(Duration.ofSeconds(90)));
    assertThat(chapter.actions().getLast()).hasToString("the API server is out of reach for 1m30s");
  }

  @Test
  void theCommandLineChangesTheClusterButNotTheFlags() {
    var scale = new StoryScale(OptionalInt.of(40), OptionalInt.empty(), OptionalInt.of(3));
    var story = read(STORY, scale, Optional.empty()).orElseThrow();
    assertThat(story.cluster().orElseThrow().nodes()).isEqualTo(40);
    assertThat(story.cluster().orElseThrow().podsPerNode()).isEqualTo(3);
    assertThat(story.flags()).containsEntry("node-eviction-rate", "0.5");
  }

  @Test
  void anotherClusterCountsWhateverTheStorySays() {
    var given = names("b", "worker-7");
    var text = STORY.replace("zones: [a, b]", "zones: nonsense");
    var story = read(text, StoryScale.NONE, Optional.of(given)).orElseThrow();
    assertThat(problems).isEmpty();
    assertThat(story.cluster()).isEmpty();
    assertThat(story.chapters().getFirst().actions().getFirst().nodes().nodes())
        .containsExactly("worker-7");
  }

  @Test
  void aStoryWithoutClusterIsAboutTheFallback() {
    var text = STORY.replaceAll("(?s)cluster:.*?(?=flags)", "").replace("zone b", "node-x1");
    var story = read(text, StoryScale.NONE, Optional.empty()).orElseThrow();
    assertThat(problems).isEmpty();
    assertThat(story.chapters().getFirst().actions().getFirst().nodes().nodes())
        .containsExactly("node-x1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          end: 20m           | end: 168h          | nothing
          end: 20m           | end: 169h          | is more than a week
          at: 2m             | at: 20m            | nothing
          at: 2m             | at: 21m            | is not between the chapter before and the end
          at: 2m             | at: -2m            | is negative
          kill: zone b       | kill: zone bb      | there is no zone "bb" (did you mean b?)
          kill: zone b       | kill: node-b3      | there is no node "node-b3"
          nodes-per-zone: 2  | nodes-per-zone: 0  | is no whole number from 1 to 5000
          zones: [a, b]      | zones: []          | has 0 zones
          expect:            | expects:           | did you mean expect?
          """)
  void whatIsWrongIsSaid(String good, String bad, String what) {
    read(STORY.replace(good, bad), StoryScale.NONE, Optional.empty());
    var texts = problems.stream().map(YamlProblem::text).toList();
    if (what.equals("nothing")) {
      assertThat(texts).isEmpty();
    } else {
      assertThat(texts).anySatisfy(text -> assertThat(text).startsWith("s.yaml:").contains(what));
    }
  }

  private Optional<OutageStory> read(String text, StoryScale scale, Optional<ClusterNames> given) {
    var cluster = new StoryCluster(given, scale, names("x", "node-x1"));
    return OutageReader.read("s.yaml", text, cluster, problems);
  }

  private static ClusterNames names(String zone, String node) {
    var byZone = new LinkedHashMap<String, List<String>>();
    byZone.put(zone, List.of(node));
    return new ClusterNames(byZone, List.of("web"));
  }
}
