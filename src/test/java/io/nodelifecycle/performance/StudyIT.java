package io.nodelifecycle.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.parity.ReferenceCondition;
import io.nodelifecycle.testing.ClusterLoad;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.MeasuredDocument;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the program beside the reference on one API server. In every build a short version runs;
 * {@code -Dstudy} names the parts of the long one, separated by commas: {@code outage}, {@code
 * rest}, {@code single}, {@code restart}, {@code pods}. {@code -Dstudy.repeat} says how often all
 * but the single deaths are repeated; {@code -Ddocs=apply} writes the document.
 */
@NeedsControlPlane
@ExtendWith(ReferenceCondition.class)
final class StudyIT {
  private static final List<String> ASKED =
      Optional.ofNullable(System.getProperty("study"))
          .map(parts -> List.of(parts.split(",", -1)))
          .orElse(List.of());
  private static final int REPEAT = Integer.getInteger("study.repeat", 3);

  private static final Duration RENEWAL = Duration.ofSeconds(10);
  private static final Duration REST = Duration.ofSeconds(30);
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final ClusterLoad.Size LARGE = new ClusterLoad.Size(300, 60, 60);
  private static final ClusterLoad.Size SMALL = new ClusterLoad.Size(40, 10, 20);
  private static final int PODS_PER_NODE_MORE = 200;
  private static final String RESTART_HEAD =
      """
      | figure | undisturbed | API server away for 30 s | ratio | promised |
      | --- | --- | --- | --- | --- |
      """;
  private static final double SINGLE_MAX = 0.25;
  private static final int SLOW = 20;
  private static final int FAST = 200;

  @Test
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void theProgramIsAheadOfTheReference(@TempDir Path folder) {
    var size = ASKED.isEmpty() ? SMALL : LARGE;
    try (var plane = ControlPlane.startAudited(OutageCourse.USER);
        var load = new ClusterLoad(plane.admin(), size, RENEWAL)) {
      var filling = Stopwatch.startingAt(0);
      load.fill(node -> node < size.nodesPerZone());
      say("%d nodes, %d pods, filled in %.0f s", size.nodes(), size.pods(), filling.getAsDouble());
      var course = new OutageCourse(plane, load, folder, ASKED.isEmpty() ? RENEWAL : REST);
      if (ASKED.isEmpty()) {
        aSmallOutage(course);
      }
      if (ASKED.contains("outage")) {
        outages(course);
      }
      if (ASKED.contains("rest")) {
        rest(course);
      }
      if (ASKED.contains("single")) {
        singleDeaths(course);
      }
      if (ASKED.contains("restart")) {
        restart(course);
      }
      if (ASKED.contains("pods")) {
        manyPods(course, load);
      }
    }
  }

  /** A fast one, with bounds that a busy machine keeps. */
  private static void aSmallOutage(OutageCourse course) {
    var reference = course.run(Contender.REFERENCE, SLOW, LIMIT);
    var program = course.run(Contender.PROGRAM, SLOW, LIMIT);
    say("reference: %s", reference);
    say("program:   %s", program);
    assertThat(program.lastNodeJudged()).as("seconds").isLessThan(4);
    assertThat(program.lastPodMarked()).isLessThan(reference.lastPodMarked());
    assertThat(program.requests()).isLessThan(reference.requests());
  }

  private static void outages(OutageCourse course) {
    var slow = runs(course, SLOW);
    var fast = runs(course, FAST);
    var rows =
        List.of(
            comparison(
                "20 requests/s: last dead node Unknown and tainted, s after its grace end",
                slow,
                OutageFigures::lastNodeJudged,
                1 / 20.0),
            comparison("200 requests/s: the same", fast, OutageFigures::lastNodeJudged, 1 / 10.0),
            comparison(
                "20 requests/s: last pod Ready=False, s", slow, OutageFigures::lastPodMarked, 0.8),
            comparison("requests for that outage", slow, OutageFigures::requests, 0.7),
            comparison("memory at rest, MiB", slow, OutageFigures::residentAtRest, 0.5),
            comparison("memory at most, MiB", slow, OutageFigures::residentPeak, 0.7),
            comparison(
                "start of the process to its first write, s", slow, OutageFigures::firstWrite, 2.0),
            comparison("at 200 requests/s: the same", fast, OutageFigures::firstWrite, 2.0));
    var text = new StringBuilder(Comparison.HEAD);
    rows.forEach(row -> text.append(row.row()));
    MeasuredDocument.put("outage", text.toString(), "StudyIT");
  }

  /** One contender after the other, so that what the machine does besides hits both. */
  private static Map<Contender, List<OutageFigures>> runs(OutageCourse course, int qps) {
    Map<Contender, List<OutageFigures>> runs = new EnumMap<>(Contender.class);
    for (int i = 0; i < REPEAT; i++) {
      for (var contender : Contender.values()) {
        var figures = course.run(contender, qps, LIMIT);
        say("%s at %d requests/s: %s", contender, qps, figures);
        runs.computeIfAbsent(contender, _ -> new ArrayList<>()).add(figures);
      }
    }
    return runs;
  }

  private static Comparison comparison(
      String title,
      Map<Contender, List<OutageFigures>> runs,
      ToDoubleFunction<OutageFigures> figure,
      double bound) {
    return new Comparison(
        title,
        values(runs.getOrDefault(Contender.REFERENCE, List.of()), figure),
        values(runs.getOrDefault(Contender.PROGRAM, List.of()), figure),
        bound);
  }

  private static List<Double> values(
      List<OutageFigures> runs, ToDoubleFunction<OutageFigures> figure) {
    return runs.stream().map(figure::applyAsDouble).toList();
  }

  private static void singleDeaths(OutageCourse course) {
    var deaths = 50;
    var text =
        new StringBuilder(
            """
            | --node-monitor-period | median, s | p99, s | promised |
            | --- | --- | --- | --- |
            """);
    for (var period : List.of("1s", "5s", "10s")) {
      var flags = new TreeMap<>(OutageCourse.flags(FAST));
      flags.put("node-monitor-period", period);
      var delays = course.dieSingly(flags, deaths, Duration.ofMillis(700));
      say("%s: %s", period, delays);
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.3f | %s | <= 0.25 |%n",
              period,
              Comparison.median(delays),
              marked(delays.get(delays.size() * 99 / 100))));
    }
    MeasuredDocument.put("single", text.toString(), "StudyIT");
  }

  private static String marked(double delay) {
    return String.format(Locale.ROOT, delay > SINGLE_MAX ? "**%.3f**" : "%.3f", delay);
  }

  private static void restart(OutageCourse course) {
    var undisturbed = new ArrayList<Double>();
    var disturbed = new ArrayList<Double>();
    for (int i = 0; i < REPEAT; i++) {
      undisturbed.add(course.runInterrupted(SLOW, Duration.ZERO, LIMIT));
      disturbed.add(course.runInterrupted(SLOW, Duration.ofSeconds(30), LIMIT));
      say("restart: %s %s", undisturbed, disturbed);
    }
    var row = new Comparison("last pod Ready=False, s", undisturbed, disturbed, 1.2).row();
    MeasuredDocument.put("restart", RESTART_HEAD + row, "StudyIT");
  }

  private static void rest(OutageCourse course) {
    var reference = new ArrayList<Double>();
    var program = new ArrayList<Double>();
    for (int i = 0; i < REPEAT; i++) {
      reference.add(course.cpuAtRest(Contender.REFERENCE, SLOW));
      program.add(course.cpuAtRest(Contender.PROGRAM, SLOW));
      say("CPU at rest: %s %s", reference, program);
    }
    var row = new Comparison("CPU at rest, s/s", reference, program, 1.0).row();
    MeasuredDocument.put("rest", Comparison.HEAD + row, "StudyIT");
  }

  private static void manyPods(OutageCourse course, ClusterLoad load) {
    load.addPods(load.size().podsPerNode(), PODS_PER_NODE_MORE, _ -> false);
    var reference = new ArrayList<Double>();
    var program = new ArrayList<Double>();
    for (int i = 0; i < REPEAT; i++) {
      reference.add(course.atRest(Contender.REFERENCE, SLOW).residentMebibytes());
      program.add(course.atRest(Contender.PROGRAM, SLOW).residentMebibytes());
      say("60,000 pods: %s %s", reference, program);
    }
    var row =
        new Comparison("memory at rest with 60,000 pods, MiB", reference, program, 0.25).row();
    MeasuredDocument.put("pods", Comparison.HEAD + row, "StudyIT");
  }

  private static void say(String format, Object... values) {
    System.out.println("study: " + String.format(Locale.ROOT, format, values));
  }
}
