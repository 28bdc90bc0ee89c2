package io.nodelifecycle.simulate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.story.ClusterNames;
import io.nodelifecycle.sandbox.story.NodeSet;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import io.nodelifecycle.sandbox.story.StoryAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class OutageTest {
  private static final Duration LENGTH = Duration.ofHours(1);
  private static final Chapter STORY =
      new Chapter(
          Duration.ofMinutes(3),
          "n1 dies",
          List.of(new StoryAction.Kill(new NodeSet("n1", List.of("n1")))),
          List.of());

  private final List<String> problems = new ArrayList<>();

  @ParameterizedTest
  @CsvFileSource(resources = "options.csv", delimiter = '|', quoteCharacter = '`')
  void optionsBecomeChaptersOrProblems(String options, String outcome) {
    var chapters = Outage.of(scene(Set.of()), List.of(), options(options, 1), problems);
    var said =
        problems.isEmpty()
            ? chapters.stream().map(OutageTest::text).toList().toString()
            : problems.toString();
    assertThat(said).contains(outcome);
  }

  private static String text(Chapter chapter) {
    return chapter.at().toMinutes() + "m " + chapter.title();
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    Outage.of(
        scene(Set.of()),
        List.of(),
        options("kill-zone=x@1m kill-nodes=x@2m api-down=1", 1),
        problems);
    assertThat(problems).hasSize(3);
  }

  @Test
  void aHealWithoutAKillBeforeItIsAboutEverything() {
    var chapters = Outage.of(scene(Set.of()), List.of(STORY), options("heal@40m", 1), problems);
    assertThat(problems).isEmpty();
    assertThat(chapters.getLast().actions().getFirst().nodes().nodes()).hasSize(10);
  }

  @Test
  void whatIsDeadFromTheStartCanBeHealed() {
    Outage.of(scene(Set.of("n7")), List.of(), options("heal=n7@1m", 1), problems);
    assertThat(problems).isEmpty();
  }

  @Test
  void whatTheStoryKillsCanBeHealedAfterwardsOnly() {
    Outage.of(scene(Set.of()), List.of(STORY), options("heal=n1@4m", 1), problems);
    assertThat(problems).isEmpty();
    Outage.of(scene(Set.of()), List.of(STORY), options("heal=n1@2m", 1), problems);
    assertThat(problems).hasSize(1);
  }

  @Test
  void aStoryMustNotGoOnAfterTheEnd() {
    var options = new Outage.Options(List.of(), Duration.ofMinutes(2), 1);
    Outage.of(scene(Set.of()), List.of(STORY), options, problems);
    assertThat(problems).containsExactly("--length=2m0s: is before chapter 3m0s of the story");
  }

  @Test
  void theSeedChoosesTheNodes() {
    var first = nodes("kill-nodes=3@5m", 1);
    assertThat(nodes("kill-nodes=3@5m", 1)).isEqualTo(first).hasSize(3).doesNotHaveDuplicates();
    assertThat(nodes("kill-nodes=30%@5m", 1)).isEqualTo(first);
    assertThat(nodes("kill-nodes=3@5m", 2)).isNotEqualTo(first);
  }

  private List<String> nodes(String options, long seed) {
    return Outage.of(scene(Set.of()), List.of(), options(options, seed), problems)
        .getFirst()
        .actions()
        .getFirst()
        .nodes()
        .nodes();
  }

  private static Outage.Options options(String text, long seed) {
    var events = new ArrayList<OutageOption>();
    for (var word : text.split(" +", -1)) {
      int end = word.startsWith("heal@") ? "heal".length() : word.indexOf('=');
      var what = OutageOption.What.of("--" + word.substring(0, end)).orElseThrow();
      events.add(new OutageOption(what, word.substring(word.startsWith("heal@") ? end : end + 1)));
    }
    return new Outage.Options(events, LENGTH, seed);
  }

  private static Outage.Scene scene(Set<String> dead) {
    var zones = new LinkedHashMap<String, List<String>>();
    zones.put("eu-1a", List.of("n1", "n2", "n3", "n4", "n5", "n6", "n7"));
    zones.put("eu-1b", List.of("n8", "n9", "n10"));
    return new Outage.Scene(new ClusterNames(zones, List.of()), dead);
  }
}
