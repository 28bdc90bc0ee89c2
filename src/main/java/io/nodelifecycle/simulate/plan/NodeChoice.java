package io.nodelifecycle.simulate.plan;

import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import io.nodelifecycle.sandbox.story.ClusterNames;
import io.nodelifecycle.sandbox.story.NodeSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Finds the nodes that options name: by zone, by name, or so many, chosen at random. The same seed
 * and the same options in the same order choose the same nodes.
 */
final class NodeChoice {
  private static final String EVERYTHING = "everything";
  private static final int PERCENT = 100;

  private final SequencedMap<String, List<String>> zones;
  private final List<String> all;
  private final Set<String> known;
  private final Random random;

  NodeChoice(ClusterNames names, long seed) {
    zones = names.nodesByZone();
    all = zones.values().stream().flatMap(List::stream).sorted().toList();
    known = new HashSet<>(all);
    random = new Random(seed);
  }

  NodeSet all() {
    return new NodeSet(EVERYTHING, all);
  }

  /** The nodes of a zone, or of several: {@code eu-1a,eu-1b}. */
  Parsed<NodeSet> zones(String words) {
    var found = new ArrayList<String>();
    for (var word : words.split(",", -1)) {
      var nodes = zones.get(word);
      if (nodes == null) {
        return Parsed.bad(
            "there is no zone " + Quoted.of(word) + Suggestion.question(word, zones.keySet()),
            "there are " + String.join(", ", zones.keySet()));
      }
      found.addAll(nodes);
    }
    var title = words.contains(",") ? "zones " : "zone ";
    return Parsed.good(new NodeSet(title + words + " (" + found.size() + " nodes)", found));
  }

  /** What the value of {@code --kill-nodes} stands for: a percentage, a number, or names. */
  Parsed<NodeSet> some(String words) {
    if (words.matches("[-+]?[0-9.]+%")) {
      return share(words);
    }
    if (words.matches("[-+]?[0-9]+")) {
      return count(words);
    }
    return names(words);
  }

  private Parsed<NodeSet> share(String word) {
    double percent;
    try {
      percent = Double.parseDouble(word.substring(0, word.length() - 1));
    } catch (NumberFormatException _) {
      return Parsed.bad(Quoted.of(word) + " is no percentage", "give one such as 30%");
    }
    if (!(percent > 0 && percent <= PERCENT)) {
      return Parsed.bad(Quoted.of(word) + " is not above 0% and up to 100%", "give such as 30%");
    }
    int count = Math.max(1, (int) Math.round(all.size() * percent / PERCENT));
    return Parsed.good(chosen(count));
  }

  private Parsed<NodeSet> count(String word) {
    int count;
    try {
      count = Integer.parseInt(word);
    } catch (NumberFormatException _) {
      count = Integer.MAX_VALUE;
    }
    return count < 1 || count > all.size()
        ? Parsed.bad(
            Quoted.of(word) + " is no number from 1 to " + all.size(),
            "the cluster has " + all.size() + " nodes")
        : Parsed.good(chosen(count));
  }

  private NodeSet chosen(int count) {
    var shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    var some = shuffled.subList(0, count).stream().sorted().toList();
    return new NodeSet(count == 1 ? some.getFirst() : count + " of " + all.size() + " nodes", some);
  }

  private Parsed<NodeSet> names(String words) {
    var found = new ArrayList<String>();
    for (var word : words.split(",", -1)) {
      if (!known.contains(word)) {
        return Parsed.bad(
            "there is no node " + Quoted.of(word) + Suggestion.question(word, all),
            "write names with commas between them, a number, or a percentage");
      }
      found.add(word);
    }
    return Parsed.good(new NodeSet(found.size() > 3 ? found.size() + " nodes" : words, found));
  }

  /** What the value of {@code --heal} stands for: zones, nodes, or everything. */
  Parsed<NodeSet> named(String words) {
    if (words.equals(EVERYTHING)) {
      return Parsed.good(all());
    }
    for (var word : words.split(",", -1)) {
      if (!zones.containsKey(word) && !known.contains(word)) {
        var names = new ArrayList<>(zones.keySet());
        names.addAll(all);
        return Parsed.bad(
            "there is no zone or node " + Quoted.of(word) + Suggestion.question(word, names),
            "there are zones " + String.join(", ", zones.keySet()));
      }
    }
    if (zones.containsKey(words.split(",", -1)[0])) {
      return zones(words);
    }
    return names(words);
  }
}
