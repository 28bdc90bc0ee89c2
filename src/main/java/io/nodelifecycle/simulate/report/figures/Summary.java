package io.nodelifecycle.simulate.report.figures;

import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.record.WorkloadRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of a record.
 *
 * @param stages what happened in all; what never happened is not there
 * @param zones what happened by zone, the most evicted pods first; zones where nothing did are left
 *     out
 * @param workloads what lost a pod, the worst first: longest without a running pod, then most pods
 *     evicted
 * @param untainted dead nodes that were never tainted, by zone and reason, most first
 * @param stops when all evictions were stopped
 * @param level how the cluster did at the start, at worst and at the end
 * @param requests requests of the controller in all, and of these those that failed
 * @param peak the busiest second
 */
public record Summary(
    Map<Stage, Moments> stages,
    List<ZoneFigures> zones,
    List<WorkloadFigures> workloads,
    List<UntaintedGroup> untainted,
    List<Span> stops,
    Level level,
    Requests requests,
    SimulationRecord.Peak peak) {
  /** Of a whole record. */
  public static Summary of(SimulationRecord record) {
    return new SummaryFigures(record).summary();
  }

  /** Never, if the stage is not there. */
  public Moments stage(Stage stage) {
    return stages.getOrDefault(stage, Moments.NEVER);
  }

  /** Workloads that had no running pod at some time, the longest first. */
  public List<WorkloadFigures> lost() {
    return workloads.stream().filter(row -> row.workload().lostAllAt().isPresent()).toList();
  }

  /** How long all evictions were stopped, in all. */
  public Duration stopped() {
    return stops.stream().map(Span::length).reduce(Duration.ZERO, Duration::plus);
  }

  /** Nodes that were dead at the end and never tainted. */
  public int untaintedNodes() {
    return untainted.stream().mapToInt(group -> group.names().size()).sum();
  }

  /**
   * The figures of a zone.
   *
   * @param zone its name; empty is the unnamed zone
   * @param stages what happened to its nodes and pods; what never happened is not there
   */
  public record ZoneFigures(String zone, Map<Stage, Moments> stages) {
    /** Never, if the stage is not there. */
    public Moments stage(Stage stage) {
      return stages.getOrDefault(stage, Moments.NEVER);
    }
  }

  /**
   * The figures of a workload.
   *
   * @param workload its fate
   * @param evictions when its pods were evicted
   * @param replacements when replacements were ready
   */
  public record WorkloadFigures(WorkloadRecord workload, Moments evictions, Moments replacements) {}

  /**
   * Nodes of a zone that were left alone for the same reason.
   *
   * @param zone its name; empty is the unnamed zone
   * @param reason why they were not tainted
   * @param deadSince when the first and the last of them died
   * @param names of the nodes
   */
  public record UntaintedGroup(String zone, String reason, Moments deadSince, List<String> names) {}

  /**
   * A time in which something lasted.
   *
   * @param from its beginning
   * @param to its end, or the end of the simulation
   * @param ended whether it ended before the simulation did
   */
  public record Span(Duration from, Duration to, boolean ended) {
    /** How long it is. */
    public Duration length() {
      return to.minus(from);
    }
  }

  /**
   * How the cluster did.
   *
   * @param podsAtStart ready pods at the start
   * @param podsFewest the fewest ready pods
   * @param podsFewestAt when there were fewest for the first time
   * @param podsAtEnd ready pods at the end
   * @param taintedMost the most tainted nodes at a time
   * @param taintedAtEnd tainted nodes at the end
   * @param deadMost the most dead machines at a time
   * @param deadAtEnd dead machines at the end
   */
  public record Level(
      int podsAtStart,
      int podsFewest,
      Duration podsFewestAt,
      int podsAtEnd,
      int taintedMost,
      int taintedAtEnd,
      int deadMost,
      int deadAtEnd) {}

  /**
   * Requests of the controller.
   *
   * @param total how many
   * @param failed of them
   */
  public record Requests(long total, long failed) {}

  /** When a stage was reached first. */
  public Optional<Duration> first(Stage stage) {
    return stage(stage).times().map(Moments.Times::first);
  }
}
