package io.nodelifecycle.simulate.report.figures;

import io.nodelifecycle.simulate.record.Happening;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The words of a line of the timeline. */
final class LineText {
  private static final int NAMED = 3;

  private LineText() {}

  static String of(List<Happening> line) {
    var first = line.getFirst();
    if (line.size() == 1) {
      return Wording.printable(join(first.subject(), first.text()));
    }
    return Wording.printable(first.workload().isEmpty() ? ofMany(line) : ofPods(line));
  }

  private static String ofMany(List<Happening> line) {
    var first = line.getFirst();
    var noun =
        switch (first.kind()) {
          case NODE_UNKNOWN, NODE_NOT_READY, NODE_READY, NODE_TAINTED, NODE_UNTAINTED, NODE_GONE ->
              "nodes";
          case POD_NOT_READY, POD_EVICTED, POD_REPLACED -> "pods";
          case OUTAGE, ZONE, CLUSTER_STOPPED, CLUSTER_RESUMED, CONTROLLER -> "times";
        };
    return noun.equals("times")
        ? ofSubjects(line)
        : Wording.count(line.size()) + " " + noun + " " + plural(first.text());
  }

  private static String ofSubjects(List<Happening> line) {
    var first = line.getFirst();
    var text = first.text();
    long subjects = line.stream().map(Happening::subject).distinct().count();
    return subjects == 1
        ? join(first.subject(), text) + ", " + Wording.count(line.size()) + " times"
        : first.subject() + " and " + Wording.count(subjects - 1) + " more  " + text;
  }

  private static String ofPods(List<Happening> line) {
    var first = line.getFirst();
    boolean same = line.stream().allMatch(happening -> happening.text().equals(first.text()));
    var text = same ? plural(first.text()) : verb(first.kind());
    return "%s pods %s (%s)".formatted(Wording.count(line.size()), text, workloads(line));
  }

  private static String verb(Happening.Kind kind) {
    return switch (kind) {
      case POD_NOT_READY -> "are marked not Ready";
      case POD_EVICTED -> "are evicted";
      case POD_REPLACED -> "are replaced";
      case NODE_UNKNOWN,
          NODE_NOT_READY,
          NODE_READY,
          NODE_TAINTED,
          NODE_UNTAINTED,
          NODE_GONE,
          OUTAGE,
          ZONE,
          CLUSTER_STOPPED,
          CLUSTER_RESUMED,
          CONTROLLER ->
          "are affected";
    };
  }

  /** The workloads with the most pods in the line. */
  private static String workloads(List<Happening> line) {
    var counts = new LinkedHashMap<String, Integer>();
    for (var happening : line) {
      counts.merge(happening.workload(), 1, Integer::sum);
    }
    var named =
        counts.entrySet().stream()
            .sorted(Comparator.comparing(Map.Entry<String, Integer>::getValue).reversed())
            .limit(NAMED)
            .map(entry -> name(entry.getKey()) + " " + Wording.count(entry.getValue()))
            .collect(Collectors.joining(", "));
    return counts.size() > NAMED
        ? named + ", " + Wording.count(counts.size() - NAMED) + " more"
        : named;
  }

  /** Without the kind, which the name rarely needs. */
  private static String name(String workload) {
    var parts = workload.split("/", 3);
    return parts.length == 3 ? parts[0] + "/" + parts[2] : workload;
  }

  private static String plural(String text) {
    if (text.startsWith("is ")) {
      return "are " + text.substring("is ".length());
    }
    if (text.startsWith("was ")) {
      return "were " + text.substring("was ".length());
    }
    return text.startsWith("has ") ? "have " + text.substring("has ".length()) : text;
  }

  private static String join(String subject, String text) {
    return subject.isEmpty() ? text : subject + "  " + text;
  }
}
