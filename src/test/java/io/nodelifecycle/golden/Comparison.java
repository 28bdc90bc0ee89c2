package io.nodelifecycle.golden;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What was recorded beside what was seen: every recorded change must have happened, none besides,
 * and none too late; verdicts and evictions also not too early.
 */
final class Comparison {
  private static final Comparator<Change> BY_TIME = Comparator.comparingDouble(Change::at);

  private final List<Row> rows;

  /** How a recorded change and a seen one relate. */
  enum Verdict {
    SAME,
    MISSING,
    UNEXPECTED,
    LATE,
    EARLY
  }

  /** A recorded change and the seen one that stands for it. */
  record Row(Optional<Change> recorded, Optional<Change> seen, Verdict verdict) {
    private static Row missing(Change recorded) {
      return new Row(Optional.of(recorded), Optional.empty(), Verdict.MISSING);
    }

    private static Row unexpected(Change seen) {
      return new Row(Optional.empty(), Optional.of(seen), Verdict.UNEXPECTED);
    }

    private static Row pair(
        Change recorded, Change seen, ToDoubleFunction<Change> allowedLateness) {
      var later = seen.at() - recorded.at();
      var verdict =
          later > allowedLateness.applyAsDouble(recorded)
              ? Verdict.LATE
              : -later > recorded.haste() ? Verdict.EARLY : Verdict.SAME;
      return new Row(Optional.of(recorded), Optional.of(seen), verdict);
    }

    private double at() {
      return recorded.or(() -> seen).map(Change::at).orElseThrow();
    }

    private String line() {
      var change = recorded.or(() -> seen).orElseThrow();
      return "%-10s %8s %8s  %s"
          .formatted(
              verdict == Verdict.SAME ? "" : verdict, time(recorded), time(seen), change.key());
    }

    private static String time(Optional<Change> change) {
      return change.map(c -> String.format(Locale.ROOT, "%.2f", c.at())).orElse("-");
    }
  }

  private Comparison(List<Row> rows) {
    this.rows = rows;
  }

  /**
   * Compares.
   *
   * @param allowedLateness by the time of a recorded change: how many seconds later it may be seen
   */
  static Comparison of(
      Naming naming,
      List<Change> recorded,
      List<Change> seen,
      ToDoubleFunction<Change> allowedLateness) {
    var expected = byPeers(naming, recorded);
    var actual = byPeers(naming, seen);
    var rows = new ArrayList<Row>();
    expected.forEach((peers, changes) ->
        compare(changes, actual.getOrDefault(peers, List.of()), allowedLateness, rows));
    actual.forEach((peers, changes) -> {
      if (!expected.containsKey(peers)) {
        compare(List.of(), changes, allowedLateness, rows);
      }
    });
    rows.sort(Comparator.comparingDouble(Row::at));
    return new Comparison(rows);
  }

  private static Map<String, List<Change>> byPeers(Naming naming, List<Change> changes) {
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

  /** Compares peers: each must have all its changes, but which of them is first is arbitrary. */
  private static void compare(
      List<Change> recorded,
      List<Change> seen,
      ToDoubleFunction<Change> allowedLateness,
      List<Row> rows) {
    var recordedByKey = byKey(recorded);
    var seenByKey = byKey(seen);
    var keys = new LinkedHashSet<>(recordedByKey.keySet());
    keys.addAll(seenByKey.keySet());
    var pairedRecorded = new ArrayList<Change>();
    var pairedSeen = new ArrayList<Change>();
    for (var key : keys) {
      var wanted = recordedByKey.getOrDefault(key, List.of());
      var happened = seenByKey.getOrDefault(key, List.of());
      var pairs = Math.min(wanted.size(), happened.size());
      pairedRecorded.addAll(wanted.subList(0, pairs));
      pairedSeen.addAll(happened.subList(0, pairs));
      wanted.subList(pairs, wanted.size()).forEach(change -> rows.add(Row.missing(change)));
      happened.subList(pairs, happened.size()).forEach(change -> rows.add(Row.unexpected(change)));
    }
    pairedRecorded.sort(BY_TIME);
    pairedSeen.sort(BY_TIME);
    for (int i = 0; i < pairedRecorded.size(); i++) {
      rows.add(Row.pair(pairedRecorded.get(i), pairedSeen.get(i), allowedLateness));
    }
  }

  private static Map<String, List<Change>> byKey(List<Change> changes) {
    return changes.stream().collect(Collectors.groupingBy(Change::key));
  }

  /** Is everything as recorded? */
  boolean isSame() {
    return differences() == 0;
  }

  /** How many rows are not as recorded. */
  long differences() {
    return rows.stream().filter(row -> row.verdict() != Verdict.SAME).count();
  }

  /** All rows in order of time. */
  List<Row> rows() {
    return rows;
  }

  /** Recorded and seen side by side, in order of time. */
  String table() {
    return rows.stream()
        .map(Row::line)
        .collect(Collectors.joining("\n", "           recorded     seen\n", "\n"));
  }
}
