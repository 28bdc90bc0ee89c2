package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.sandbox.story.PodKind.Owner;
import io.nodelifecycle.sandbox.yaml.YamlDocument;
import io.nodelifecycle.sandbox.yaml.YamlField;
import io.nodelifecycle.sandbox.yaml.YamlProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
    var written = root.get("cluster").flatMap(this::cluster);
    var given = root.find("flags").map(StoryReader::flags).orElse(Map.of());
    var end = root.get("end").flatMap(YamlField::duration);
    var chapters = root.get("chapters");
    root.refuseOthers();
    end.filter(time -> time.compareTo(LONGEST) > 0)
        .ifPresent(_ -> root.get("end").orElseThrow().refuse("is more than an hour"));
    if (written.isEmpty() || end.isEmpty() || chapters.isEmpty()) {
      return Optional.empty();
    }
    var cluster = scaled(written.get(), scale);
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

  private static Map<String, String> flags(YamlField field) {
    var flags = new LinkedHashMap<String, String>();
    field.entries().forEach((name, value) -> value.text().ifPresent(t -> flags.put(name, t)));
    return flags;
  }

  private static ClusterShape scaled(ClusterShape cluster, StoryScale scale) {
    var zones =
        scale.zones().isPresent()
            ? ClusterShape.zoneNames(scale.zones().getAsInt())
            : cluster.zones();
    int perZone = cluster.nodes() / cluster.zones().size();
    int nodes = scale.nodes().orElse(perZone * zones.size());
    var shape = new ClusterShape(zones, nodes, cluster.pods());
    return scale.podsPerNode().isPresent()
        ? shape.withPodsPerNode(scale.podsPerNode().getAsInt())
        : shape;
  }

  private Optional<ClusterShape> cluster(YamlField field) {
    var zones =
        field.get("zones").map(YamlField::elements).orElse(List.of()).stream()
            .map(this::zoneName)
            .flatMap(Optional::stream)
            .toList();
    var perZone = field.get("nodes-per-zone");
    int nodes = perZone.map(f -> f.number(1, ClusterShape.NODES_MAX).orElse(0)).orElse(0);
    var pods = field.get("pods").map(this::kinds).orElse(List.of());
    field.refuseOthers();
    if (zones.isEmpty() || zones.size() > ClusterShape.ZONES_MAX) {
      field.refuse("has " + zones.size() + " zones, want 1 to " + ClusterShape.ZONES_MAX);
      return Optional.empty();
    }
    if (new HashSet<>(zones).size() < zones.size()) {
      field.refuse("has two zones of the same name");
      return Optional.empty();
    }
    return nodes == 0
        ? Optional.empty()
        : Optional.of(new ClusterShape(zones, nodes * zones.size(), pods));
  }

  private Optional<String> zoneName(YamlField field) {
    var text = field.text();
    if (text.isPresent() && !text.get().matches("[a-z][a-z0-9-]{0,20}")) {
      field.refuse(Quoted.of(text.get()) + " is no zone name of small letters and digits");
      return Optional.empty();
    }
    return text;
  }

  private List<PodKind> kinds(YamlField field) {
    var kinds = new ArrayList<PodKind>();
    field.entries().forEach((name, value) -> kind(name, value).ifPresent(kinds::add));
    int perNode = kinds.stream().mapToInt(PodKind::perNode).sum();
    if (perNode > ClusterShape.PODS_PER_NODE_MAX) {
      field.refuse(perNode + " pods a node, at most " + ClusterShape.PODS_PER_NODE_MAX);
    }
    return kinds;
  }

  private Optional<PodKind> kind(String name, YamlField field) {
    if (!name.matches("[a-z]([a-z0-9-]{0,30}[a-z0-9])?") || name.equals("all")) {
      field.refuse(Quoted.of(name) + " is no name for pods: small letters, digits, not \"all\"");
      return Optional.empty();
    }
    var perNode = field.get("per-node");
    int count = perNode.map(f -> f.number(0, ClusterShape.PODS_PER_NODE_MAX).orElse(0)).orElse(0);
    var owners = Arrays.stream(Owner.values()).toList();
    var words = owners.stream().map(Owner::word).toList();
    var owner =
        field
            .find("owner")
            .flatMap(f -> f.word(words))
            .map(word -> owners.get(words.indexOf(word)))
            .orElse(Owner.DEPLOYMENT);
    var tolerations =
        field.find("tolerations").map(YamlField::elements).orElse(List.of()).stream()
            .map(StoryReader::toleration)
            .toList();
    field.refuseOthers();
    return Optional.of(new PodKind(name, count, owner, tolerations));
  }

  private static Toleration toleration(YamlField field) {
    var key = field.find("key").flatMap(YamlField::text).orElse("");
    var value = field.find("value").flatMap(YamlField::text).orElse("");
    var effects = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    var effect = field.find("effect").flatMap(f -> f.word(effects)).orElse("");
    var operator =
        field
            .find("operator")
            .flatMap(f -> f.word(List.of("Exists", "Equal", "Lt", "Gt")))
            .orElse(value.isEmpty() ? "Exists" : "Equal");
    var seconds =
        field
            .find("tolerationSeconds")
            .map(f -> f.number(Integer.MIN_VALUE, Integer.MAX_VALUE))
            .filter(OptionalInt::isPresent)
            .map(n -> (long) n.getAsInt())
            .orElse(null);
    field.refuseOthers();
    return new Toleration(key, operator, value, effect, seconds);
  }

  private List<Story.Chapter> chapters(
      YamlField field, ClusterShape cluster, Pace pace, Duration end) {
    var words = new NodeWords(cluster);
    var actions = new ActionReader(words, cluster.pods());
    var expectations = new ExpectationReader(words, actions, pace.evictionRate(), pace.slack());
    var chapters = new ArrayList<Story.Chapter>();
    var before = Duration.ZERO;
    for (var each : field.elements()) {
      var at = each.get("at").flatMap(YamlField::duration).orElse(before);
      if (at.compareTo(before) < 0 || at.compareTo(end) > 0) {
        each.get("at").ifPresent(f -> f.refuse("is not between the chapter before and the end"));
      }
      before = at;
      var title = each.get("title").flatMap(YamlField::text).orElse("");
      var happens = list(each, "do").stream().map(actions::read).flatMap(Optional::stream).toList();
      var rest = end.minus(at);
      var expected =
          list(each, "expect").stream()
              .map(f -> expectations.read(f, rest))
              .flatMap(Optional::stream)
              .toList();
      each.refuseOthers();
      // What is expected of a removed node is said in the chapter of its removal, and not later.
      happens.stream()
          .filter(StoryAction.RemoveNode.class::isInstance)
          .forEach(removal -> words.leave(removal.nodes()));
      var name = happens.isEmpty() ? "" : happens.getFirst().nodes().name();
      chapters.add(new Story.Chapter(at, title.replace("{subject}", name), happens, expected));
    }
    return chapters;
  }

  private static List<YamlField> list(YamlField field, String key) {
    return field.find(key).map(YamlField::elements).orElse(List.of());
  }
}
