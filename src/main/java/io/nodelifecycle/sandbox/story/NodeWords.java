package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import io.nodelifecycle.sandbox.yaml.YamlField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * Reads how stories name nodes: {@code node-a1}, {@code node 1 of zone 2}, {@code zone a}, {@code
 * zone last}, {@code everything}, {@code everything but zone last}. It follows the nodes that join
 * and go in the course of a story.
 */
final class NodeWords {
  private static final Pattern NUMBERED = Pattern.compile("node (\\d{1,5}) of (zone \\S+)");
  private static final Pattern ZONE = Pattern.compile("zone (\\S+)");
  private static final String BUT = "everything but ";
  private static final String FORMS =
      "write a node's name, node 1 of zone 2, zone a, zone last, everything, or everything but ...";

  private final SequencedMap<String, List<String>> zones = new LinkedHashMap<>();

  /** Words for these nodes, by the names of their zones. */
  NodeWords(Map<String, List<String>> nodesByZone) {
    nodesByZone.forEach((zone, nodes) -> zones.put(zone, new ArrayList<>(nodes)));
  }

  /** The nodes that a field names. */
  Optional<NodeSet> read(YamlField field) {
    return field.text().flatMap(text -> find(text, field));
  }

  private Optional<NodeSet> find(String text, YamlField field) {
    if (text.equals("everything")) {
      return some(new NodeSet("everything", all()), field);
    }
    if (text.startsWith(BUT)) {
      return find(text.substring(BUT.length()), field)
          .flatMap(excluded -> {
            var rest = new ArrayList<>(all());
            rest.removeAll(excluded.nodes());
            return some(new NodeSet(BUT + excluded.name(), rest), field);
          });
    }
    var numbered = NUMBERED.matcher(text);
    if (numbered.matches()) {
      return zone(numbered.group(2), field)
          .flatMap(zone -> numbered(zone, Integer.parseInt(numbered.group(1)), field));
    }
    if (text.startsWith("zone ")) {
      return zone(text, field).flatMap(zone -> some(zoneSet(zone), field));
    }
    if (!all().contains(text)) {
      String question = Suggestion.question(text, all());
      field.refuse("there is no node " + Quoted.of(text) + question + "; " + FORMS);
      return Optional.empty();
    }
    return Optional.of(new NodeSet(text, List.of(text)));
  }

  /** The zone that a field names as {@code zone a}, {@code zone 2} or {@code zone last}. */
  Optional<String> readZone(YamlField field) {
    return field.text().flatMap(text -> zone(text, field));
  }

  private Optional<String> zone(String text, YamlField field) {
    var matcher = ZONE.matcher(text);
    String word = matcher.matches() ? matcher.group(1) : text;
    if (word.equals("last")) {
      return Optional.of(zones.lastEntry().getKey());
    }
    if (zones.containsKey(word)) {
      return Optional.of(word);
    }
    if (word.matches("[1-9]\\d{0,2}") && Integer.parseInt(word) <= zones.size()) {
      return Optional.of(List.copyOf(zones.keySet()).get(Integer.parseInt(word) - 1));
    }
    field.refuse(
        "there is no zone "
            + Quoted.of(word)
            + Suggestion.question(word, zones.keySet())
            + "; there are "
            + String.join(", ", zones.keySet()));
    return Optional.empty();
  }

  private Optional<NodeSet> numbered(String zone, int number, YamlField field) {
    var nodes = nodes(zone);
    if (number < 1 || number > nodes.size()) {
      field.refuse("zone " + zone + " has nodes 1 to " + nodes.size());
      return Optional.empty();
    }
    var name = nodes.get(number - 1);
    return Optional.of(new NodeSet(name, List.of(name)));
  }

  private NodeSet zoneSet(String zone) {
    return new NodeSet("zone " + zone + " (" + nodes(zone).size() + " nodes)", nodes(zone));
  }

  private static Optional<NodeSet> some(NodeSet nodes, YamlField field) {
    if (nodes.nodes().isEmpty()) {
      field.refuse("there is no node left in " + nodes);
      return Optional.empty();
    }
    return Optional.of(nodes);
  }

  private List<String> nodes(String zone) {
    return zones.getOrDefault(zone, List.of());
  }

  private List<String> all() {
    return zones.values().stream().flatMap(List::stream).toList();
  }

  /** A node joins a zone; its name. */
  String join(String zone) {
    var nodes = zones.computeIfAbsent(zone, _ -> new ArrayList<>());
    int number = nodes.size() + 1;
    while (all().contains(ClusterShape.nodeName(zone, number))) {
      number++;
    }
    var name = ClusterShape.nodeName(zone, number);
    nodes.add(name);
    return name;
  }

  /** Nodes go. */
  void leave(NodeSet gone) {
    for (Map.Entry<String, List<String>> zone : zones.entrySet()) {
      zone.getValue().removeAll(gone.nodes());
    }
  }
}
