package io.nodelifecycle.testing.witness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which changes of two runs stand for each other: those with the same key, in order of time, so
 * that together they are as close in time as can be.
 */
public final class Alignment {
  private static final Comparator<Change> BY_TIME = Comparator.comparingDouble(Change::at);

  private final Naming naming;

  /** A change of the left run and the one of the right run that stands for it; one may lack. */
  public record Pair(Optional<Change> left, Optional<Change> right) {
    private static Pair left(Change change) {
      return new Pair(Optional.of(change), Optional.empty());
    }

    private static Pair right(Change change) {
      return new Pair(Optional.empty(), Optional.of(change));
    }

    /** When the change happened, on the left where it did. */
    public double at() {
      return either().at();
    }

    /** The left change where there is one, else the right one. */
    public Change either() {
      return left.or(() -> right).orElseThrow();
    }
  }

  private Alignment(Naming naming) {
    this.naming = naming;
  }

  /** All changes of both runs in pairs, in order of time. */
  public static List<Pair> of(Naming naming, List<Change> left, List<Change> right) {
    var alignment = new Alignment(naming);
    var leftByPeers = alignment.byPeers(left);
    var rightByPeers = alignment.byPeers(right);
    var peers = new LinkedHashSet<>(leftByPeers.keySet());
    peers.addAll(rightByPeers.keySet());
    var pairs = new ArrayList<Pair>();
    for (var each : peers) {
      align(
          leftByPeers.getOrDefault(each, List.of()),
          rightByPeers.getOrDefault(each, List.of()),
          pairs);
    }
    pairs.sort(Comparator.comparingDouble(Pair::at));
    return pairs;
  }

  private Map<String, List<Change>> byPeers(List<Change> changes) {
    var grouped = new LinkedHashMap<String, List<Change>>();
    for (var change : occurrences(naming.ranked(changes))) {
      grouped.computeIfAbsent(naming.peers(change), _ -> new ArrayList<>()).add(change);
    }
    return grouped;
  }

  /** An event whose count rises by two happened twice. */
  private static List<Change> occurrences(List<Change> changes) {
    var all = new ArrayList<Change>();
    var counts = new HashMap<String, Integer>();
    for (var change : changes) {
      var before = Optional.ofNullable(counts.put(change.key(), change.count())).orElse(0);
      var times = change.count() > before ? change.count() - before : change.count();
      for (int i = 0; i < times; i++) {
        all.add(change);
      }
    }
    return all;
  }

  /** Aligns peers: each must have all its changes, but which of them is first is arbitrary. */
  private static void align(List<Change> left, List<Change> right, List<Pair> pairs) {
    var leftByKey = byKey(left);
    var rightByKey = byKey(right);
    var keys = new LinkedHashSet<>(leftByKey.keySet());
    keys.addAll(rightByKey.keySet());
    var pairedLeft = new ArrayList<Change>();
    var pairedRight = new ArrayList<Change>();
    for (var key : keys) {
      for (var pair :
          closest(
              leftByKey.getOrDefault(key, List.of()), rightByKey.getOrDefault(key, List.of()))) {
        if (pair.left().isPresent() && pair.right().isPresent()) {
          pairedLeft.add(pair.left().get());
          pairedRight.add(pair.right().get());
        } else {
          pairs.add(pair);
        }
      }
    }
    pairedLeft.sort(BY_TIME);
    pairedRight.sort(BY_TIME);
    for (int i = 0; i < pairedLeft.size(); i++) {
      pairs.add(new Pair(Optional.of(pairedLeft.get(i)), Optional.of(pairedRight.get(i))));
    }
  }

  private static Map<String, List<Change>> byKey(List<Change> changes) {
    return changes.stream()
        .collect(Collectors.groupingBy(Change::key, LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * Pairs up as many as can be, in order, with the least sum of distances in time. Row and column
   * say how many of each side are left to pair.
   */
  private static List<Pair> closest(List<Change> left, List<Change> right) {
    var cost = new double[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        cost[i][j] = Math.min(together(cost, left, right, i, j), alone(cost, left, right, i, j));
      }
    }
    var pairs = new ArrayList<Pair>();
    int i = 0;
    int j = 0;
    while (i < left.size() && j < right.size()) {
      if (together(cost, left, right, i, j) <= alone(cost, left, right, i, j)) {
        pairs.add(new Pair(Optional.of(left.get(i++)), Optional.of(right.get(j++))));
      } else if (left.size() - i > right.size() - j) {
        pairs.add(Pair.left(left.get(i++)));
      } else {
        pairs.add(Pair.right(right.get(j++)));
      }
    }
    left.subList(i, left.size()).forEach(change -> pairs.add(Pair.left(change)));
    right.subList(j, right.size()).forEach(change -> pairs.add(Pair.right(change)));
    return pairs;
  }

  private static double together(
      double[][] cost, List<Change> left, List<Change> right, int i, int j) {
    return Math.abs(left.get(i).at() - right.get(j).at()) + cost[i + 1][j + 1];
  }

  /** Only the side that has more left may leave one alone: none is left over that has a peer. */
  private static double alone(
      double[][] cost, List<Change> left, List<Change> right, int i, int j) {
    int more = (left.size() - i) - (right.size() - j);
    if (more == 0) {
      return Double.MAX_VALUE;
    }
    return more > 0 ? cost[i + 1][j] : cost[i][j + 1];
  }
}
