package io.nodelifecycle.simulate.report.figures;

import io.nodelifecycle.simulate.record.Happening;
import io.nodelifecycle.simulate.record.Sample;
import io.nodelifecycle.simulate.record.Sample.ZoneSample;
import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.record.SimulationRecord.UntaintedNode;
import io.nodelifecycle.simulate.record.WorkloadRecord;
import io.nodelifecycle.simulate.report.figures.Summary.Level;
import io.nodelifecycle.simulate.report.figures.Summary.Requests;
import io.nodelifecycle.simulate.report.figures.Summary.Span;
import io.nodelifecycle.simulate.report.figures.Summary.UntaintedGroup;
import io.nodelifecycle.simulate.report.figures.Summary.WorkloadFigures;
import io.nodelifecycle.simulate.report.figures.Summary.ZoneFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Works out a {@link Summary} in one pass over the happenings and one over the samples. */
final class SummaryFigures {
  private static final Map<Happening.Kind, Stage> STAGES = stagesByKind();
  private static final Comparator<ZoneFigures> ZONE_ORDER =
      most((ZoneFigures row) -> row.stage(Stage.POD_EVICTED).count())
          .thenComparing(most(row -> row.stage(Stage.NODE_TAINTED).count()))
          .thenComparing(most(row -> row.stage(Stage.NODE_UNKNOWN).count()))
          .thenComparing(ZoneFigures::zone);
  private static final Comparator<WorkloadFigures> WORKLOAD_ORDER =
      Comparator.comparing(
              (WorkloadFigures row) -> row.workload().lostAllFor(), Comparator.reverseOrder())
          .thenComparing(most(row -> row.workload().lostAllAt().isPresent() ? 1 : 0))
          .thenComparing(most(row -> row.workload().evicted()))
          .thenComparing(row -> row.workload().title());

  private final SimulationRecord record;
  private final Times all = new Times();
  private final Map<String, Times> zones = new HashMap<>();
  private final Map<String, Times> workloads = new HashMap<>();

  SummaryFigures(SimulationRecord record) {
    this.record = record;
    record.happenings().forEach(this::count);
  }

  Summary summary() {
    return new Summary(
        all.moments(),
        zones.entrySet().stream()
            .map(entry -> new ZoneFigures(entry.getKey(), entry.getValue().moments()))
            .sorted(ZONE_ORDER)
            .toList(),
        record.workloads().stream()
            .map(this::figures)
            .filter(SummaryFigures::isHurt)
            .sorted(WORKLOAD_ORDER)
            .toList(),
        untainted(),
        stops(),
        level(),
        requests(),
        record.peak());
  }

  private void count(Happening happening) {
    var stage = STAGES.get(happening.kind());
    if (stage == null) {
      return;
    }
    all.add(stage, happening.at());
    zones.computeIfAbsent(happening.zone(), _ -> new Times()).add(stage, happening.at());
    if (!happening.workload().isEmpty()) {
      workloads.computeIfAbsent(happening.workload(), _ -> new Times()).add(stage, happening.at());
    }
  }

  private WorkloadFigures figures(WorkloadRecord workload) {
    var times = workloads.getOrDefault(workload.title(), new Times());
    return new WorkloadFigures(
        workload, times.moments(Stage.POD_EVICTED), times.moments(Stage.POD_REPLACED));
  }

  private static boolean isHurt(WorkloadFigures row) {
    return row.workload().evicted() > 0 || row.workload().lostAllAt().isPresent();
  }

  private List<UntaintedGroup> untainted() {
    var groups = new LinkedHashMap<List<String>, List<UntaintedNode>>();
    for (var node : record.untainted()) {
      groups.computeIfAbsent(List.of(node.zone(), node.reason()), _ -> new ArrayList<>()).add(node);
    }
    return groups.values().stream()
        .map(SummaryFigures::group)
        .sorted(
            most((UntaintedGroup group) -> group.names().size())
                .thenComparing(UntaintedGroup::zone))
        .toList();
  }

  private static UntaintedGroup group(List<UntaintedNode> nodes) {
    var first = nodes.getFirst();
    return new UntaintedGroup(
        first.zone(),
        first.reason(),
        Moments.of(nodes.stream().map(UntaintedNode::deadSince).sorted().toList()),
        nodes.stream().map(UntaintedNode::name).toList());
  }

  private List<Span> stops() {
    var spans = new ArrayList<Span>();
    var starts = new ArrayList<Duration>();
    for (var happening : record.happenings()) {
      if (happening.kind() == Happening.Kind.CLUSTER_STOPPED && starts.isEmpty()) {
        starts.add(happening.at());
      } else if (happening.kind() == Happening.Kind.CLUSTER_RESUMED && !starts.isEmpty()) {
        spans.add(new Span(starts.removeFirst(), happening.at(), true));
      }
    }
    starts.forEach(start -> spans.add(new Span(start, record.length(), false)));
    return spans;
  }

  private Level level() {
    if (record.samples().isEmpty()) {
      return new Level(0, 0, Duration.ZERO, 0, 0, 0, 0, 0);
    }
    var first = record.samples().getFirst();
    var last = record.samples().getLast();
    var worst =
        Collections.min(record.samples(), Comparator.comparingInt(sample -> readyPods(sample)));
    return new Level(
        readyPods(first),
        readyPods(worst),
        worst.at(),
        readyPods(last),
        highest(ZoneSample::tainted),
        sum(last, ZoneSample::tainted),
        highest(ZoneSample::dead),
        sum(last, ZoneSample::dead));
  }

  private int highest(ToIntFunction<ZoneSample> figure) {
    return record.samples().stream().mapToInt(sample -> sum(sample, figure)).max().orElse(0);
  }

  private Requests requests() {
    long total = 0;
    long failed = 0;
    for (var sample : record.samples()) {
      total += sum(sample, ZoneSample::requests) + sample.sharedRequests();
      failed += sample.failedRequests();
    }
    return new Requests(total, failed);
  }

  private static int readyPods(Sample sample) {
    return sum(sample, ZoneSample::readyPods);
  }

  private static int sum(Sample sample, ToIntFunction<ZoneSample> figure) {
    return sample.zones().values().stream().mapToInt(figure).sum();
  }

  private static <T> Comparator<T> most(ToIntFunction<T> figure) {
    return Comparator.comparingInt(figure).reversed();
  }

  private static Map<Happening.Kind, Stage> stagesByKind() {
    var stages = new EnumMap<Happening.Kind, Stage>(Happening.Kind.class);
    for (var stage : Stage.values()) {
      stages.put(stage.kind(), stage);
    }
    return Collections.unmodifiableMap(stages);
  }

  /** When each stage was reached; times are added in their order. */
  private static final class Times {
    private final Map<Stage, List<Duration>> byStage = new EnumMap<>(Stage.class);

    void add(Stage stage, Duration at) {
      byStage.computeIfAbsent(stage, _ -> new ArrayList<>()).add(at);
    }

    Moments moments(Stage stage) {
      return Moments.of(byStage.getOrDefault(stage, List.of()));
    }

    Map<Stage, Moments> moments() {
      var moments = new EnumMap<Stage, Moments>(Stage.class);
      byStage.forEach((stage, times) -> moments.put(stage, Moments.of(times)));
      return Collections.unmodifiableMap(moments);
    }
  }
}
