package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.sandbox.story.PodKind.Owner;
import io.nodelifecycle.sandbox.yaml.YamlField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads which cluster a story begins with. */
final class ClusterReader {
  private ClusterReader() {}

  /** The cluster that a field describes; nothing where it is wrong, which is noted. */
  static Optional<ClusterShape> read(YamlField field) {
    var zones =
        field.get("zones").map(YamlField::elements).orElse(List.of()).stream()
            .map(ClusterReader::zoneName)
            .flatMap(Optional::stream)
            .toList();
    var perZone = field.get("nodes-per-zone");
    int nodes = perZone.map(f -> f.number(1, ClusterShape.NODES_MAX).orElse(0)).orElse(0);
    var pods = field.get("pods").map(ClusterReader::kinds).orElse(List.of());
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

  private static Optional<String> zoneName(YamlField field) {
    var text = field.text();
    if (text.isPresent() && !text.get().matches("[a-z][a-z0-9-]{0,20}")) {
      field.refuse(Quoted.of(text.get()) + " is no zone name of small letters and digits");
      return Optional.empty();
    }
    return text;
  }

  private static List<PodKind> kinds(YamlField field) {
    var kinds = new ArrayList<PodKind>();
    field.entries().forEach((name, value) -> kind(name, value).ifPresent(kinds::add));
    int perNode = kinds.stream().mapToInt(PodKind::perNode).sum();
    if (perNode > ClusterShape.PODS_PER_NODE_MAX) {
      field.refuse(perNode + " pods a node, at most " + ClusterShape.PODS_PER_NODE_MAX);
    }
    return kinds;
  }

  private static Optional<PodKind> kind(String name, YamlField field) {
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
            .map(ClusterReader::toleration)
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

  /** A cluster as the command line wants it. */
  static ClusterShape scaled(ClusterShape cluster, StoryScale scale) {
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
}
