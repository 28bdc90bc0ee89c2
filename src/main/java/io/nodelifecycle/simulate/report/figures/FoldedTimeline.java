package io.nodelifecycle.simulate.report.figures;

import io.nodelifecycle.simulate.record.Happening;
import io.nodelifecycle.simulate.record.SimulationRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds similar happenings of a short time into one line.
 *
 * <p>A line takes what is similar until nothing came for a while, or until it covers so long a time
 * that cause and effect would no longer be seen in order. Both grow with the length of the outage,
 * so that the number of lines does not.
 */
public final class FoldedTimeline {
  private static final Duration GAP_MIN = Duration.ofSeconds(10);
  private static final int GAPS = 120;
  private static final Duration SPAN_MIN = Duration.ofMinutes(1);
  private static final int SPANS = 12;

  private final Duration gap;
  private final Duration span;
  private final List<List<Happening>> lines = new ArrayList<>();
  private final Map<Likeness, List<Happening>> open = new HashMap<>();

  private FoldedTimeline(Duration length) {
    gap = longer(GAP_MIN, length.dividedBy(GAPS));
    span = longer(SPAN_MIN, length.dividedBy(SPANS));
  }

  /** The lines of a record, by when they begin. */
  public static List<TimelineLine> of(SimulationRecord record) {
    var timeline = new FoldedTimeline(record.length());
    record.happenings().forEach(timeline::take);
    return timeline.lines.stream()
        .map(happenings -> new TimelineLine(happenings, LineText.of(happenings)))
        .toList();
  }

  /** One line for each happening of a record. */
  public static List<TimelineLine> unfolded(SimulationRecord record) {
    return record.happenings().stream()
        .map(happening -> new TimelineLine(List.of(happening), LineText.of(List.of(happening))))
        .toList();
  }

  /** Steps of the outage, as few as can be: what is the same at the same time is one. */
  public static List<TimelineLine> outage(SimulationRecord record) {
    return of(record).stream()
        .filter(line -> line.kind() == Happening.Kind.OUTAGE)
        .sorted(Comparator.comparing(TimelineLine::from))
        .toList();
  }

  private void take(Happening happening) {
    var likeness = Likeness.of(happening);
    var line = open.get(likeness);
    if (line == null || !fits(line, happening.at())) {
      line = new ArrayList<>();
      lines.add(line);
      open.put(likeness, line);
    }
    line.add(happening);
  }

  private boolean fits(List<Happening> line, Duration at) {
    return at.minus(line.getLast().at()).compareTo(gap) <= 0
        && at.minus(line.getFirst().at()).compareTo(span) <= 0;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /**
   * What two happenings share that go into one line. What is said of a pod often tells it apart.
   */
  private record Likeness(Happening.Kind kind, String zone, String text) {
    static Likeness of(Happening happening) {
      boolean ofPod = !happening.workload().isEmpty();
      return new Likeness(happening.kind(), happening.zone(), ofPod ? "" : happening.text());
    }
  }
}
