package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.sandbox.yaml.YamlDocument;
import io.nodelifecycle.sandbox.yaml.YamlField;
import io.nodelifecycle.sandbox.yaml.YamlProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a story as an outage of any cluster; what it expects is not looked at. */
public final class OutageReader {
  /** How long an outage may last. */
  public static final Duration LONGEST = Duration.ofDays(7);

  private final StoryCluster cluster;

  /**
   * Which cluster an outage is about.
   *
   * @param given the one that counts whatever the story says, if there is one
   * @param scale what is to be different about the story's own cluster
   * @param fallback the one of a story that has none
   */
  public record StoryCluster(
      Optional<ClusterNames> given, StoryScale scale, ClusterNames fallback) {}

  private OutageReader(StoryCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Reads a story.
   *
   * @param file its name in problems
   * @param text its YAML
   * @param cluster what its nodes, zones and pods are
   * @param problems where everything that is wrong is noted
   * @return nothing, and a problem, where it cannot be used at all
   */
  public static Optional<OutageStory> read(
      String file, String text, StoryCluster cluster, List<YamlProblem> problems) {
    return YamlDocument.root(file, text, problems)
        .flatMap(root -> new OutageReader(cluster).story(root, file));
  }

  private Optional<OutageStory> story(YamlField root, String file) {
    var title = root.find("title").flatMap(YamlField::text).orElse(file);
    var flags = root.find("flags").map(StoryReader::flags).orElse(Map.of());
    var end = root.get("end").flatMap(YamlField::duration);
    end.filter(time -> time.compareTo(LONGEST) > 0)
        .ifPresent(_ -> root.get("end").orElseThrow().refuse("is more than a week"));
    var any = root.find("cluster");
    var written = any.filter(_ -> cluster.given().isEmpty());
    var own = written.flatMap(ClusterReader::read).map(this::scaled);
    own.filter(shape -> shape.nodes() < shape.zones().size())
        .ifPresent(_ -> root.refuse("there are more zones than nodes"));
    var chapters = root.get("chapters");
    root.refuseOthers();
    if (end.isEmpty() || chapters.isEmpty() || (written.isPresent() && own.isEmpty())) {
      return Optional.empty();
    }
    boolean isIgnored = any.isPresent() && written.isEmpty();
    var names = cluster.given().or(() -> own.map(ClusterNames::of)).orElse(cluster.fallback());
    var words = new NodeWords(names.nodesByZone());
    var actions = new ActionReader(words, names.podKinds());
    var read = new ChapterReader(words, actions, Optional.empty(), end.get()).read(chapters.get());
    return Optional.of(new OutageStory(title, own, isIgnored, flags, read, end.get()));
  }

  private ClusterShape scaled(ClusterShape written) {
    return ClusterReader.scaled(written, cluster.scale());
  }
}
