package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.sandbox.yaml.YamlDocument;
import io.nodelifecycle.sandbox.yaml.YamlField;
import io.nodelifecycle.sandbox.yaml.YamlProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a story from YAML, in the form that {@code docs/sandbox.md} describes. */
public final class StoryReader {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final String EVICTION_RATE = "node-eviction-rate";
  private static final double DEFAULT_EVICTION_RATE = 0.1;
  private static final long SLACK_MILLIS_PER_POD = 1;

  private final String file;
  private final List<YamlProblem> problems = new ArrayList<>();

  private StoryReader(String file) {
    this.file = file;
  }

  /**
   * Reads a story.
   *
   * @param file its name in problems
   * @param text its YAML
   * @param scale what is to be different about its cluster
   */
  public static StoryOutcome read(String file, String text, StoryScale scale) {
    var reader = new StoryReader(file);
    var story =
        YamlDocument.root(file, text, reader.problems).flatMap(root -> reader.story(root, scale));
    return story.isPresent() && reader.problems.isEmpty()
        ? new StoryOutcome.Good(story.get())
        : new StoryOutcome.Bad(reader.problems);
  }

  private Optional<Story> story(YamlField root, StoryScale scale) {
    var title = root.find("title").flatMap(YamlField::text).orElse(file);
    var written = root.get("cluster").flatMap(ClusterReader::read);
    var given = root.find("flags").map(StoryReader::flags).orElse(Map.of());
    var end = root.get("end").flatMap(YamlField::duration);
    var chapters = root.get("chapters");
    root.refuseOthers();
    end.filter(time -> time.compareTo(LONGEST) > 0)
        .ifPresent(_ -> root.get("end").orElseThrow().refuse("is more than an hour"));
    if (written.isEmpty() || end.isEmpty() || chapters.isEmpty()) {
      return Optional.empty();
    }
    var cluster = ClusterReader.scaled(written.get(), scale);
    if (cluster.nodes() < cluster.zones().size()) {
      root.refuse(
          "%d zones need at least as many nodes, not %d"
              .formatted(cluster.zones().size(), cluster.nodes()));
      return Optional.empty();
    }
    var flags = StoryFlags.scaled(given, written.get(), cluster);
    var pace = new Pace(rate(flags), slack(written.get(), cluster));
    var read = chapters(chapters.get(), cluster, pace, end.get());
    return Optional.of(new Story(title, cluster, flags, read, end.get()));
  }

  /** How fast nodes are tainted, and how much later than written things may be seen. */
  private record Pace(double evictionRate, Duration slack) {}

  /** A cluster that is larger than the story was written for takes this machine longer. */
  private static Duration slack(ClusterShape written, ClusterShape actual) {
    long before = (long) written.nodes() * written.podsPerNode();
    long now = (long) actual.nodes() * actual.podsPerNode();
    return Duration.ofMillis(Math.max(0, now - before) * SLACK_MILLIS_PER_POD);
  }

  private static double rate(Map<String, String> flags) {
    try {
      return Double.parseDouble(flags.getOrDefault(EVICTION_RATE, "" + DEFAULT_EVICTION_RATE));
    } catch (NumberFormatException _) {
      // The flag's own reader says what is wrong with it.
      return 0;
    }
  }

  static Map<String, String> flags(YamlField field) {
    var flags = new LinkedHashMap<String, String>();
    field.entries().forEach((name, value) -> value.text().ifPresent(t -> flags.put(name, t)));
    return flags;
  }

  private List<Story.Chapter> chapters(
      YamlField field, ClusterShape cluster, Pace pace, Duration end) {
    var words = new NodeWords(cluster.nodesByZone());
    var actions = new ActionReader(words, cluster.pods().stream().map(PodKind::name).toList());
    var expectations = new ExpectationReader(words, actions, pace.evictionRate(), pace.slack());
    return new ChapterReader(words, actions, Optional.of(expectations), end).read(field);
  }
}
