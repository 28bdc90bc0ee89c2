package io.nodelifecycle.simulate.report.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.nodelifecycle.simulate.record.Happening;
import io.nodelifecycle.simulate.record.Happening.Kind;
import io.nodelifecycle.simulate.record.SimulationRecord;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class FoldedTimelineTest {
  /** In two hours, what is a minute apart is folded, up to ten minutes. */
  @ParameterizedTest
  @CsvSource({
    "PT2H, 59.999, 1",
    "PT2H, 60, 1",
    "PT2H, 60.001, 2",
    "PT1M, 9.999, 1",
    "PT1M, 10, 1",
    "PT1M, 10.001, 2"
  })
  void pauseEndsALine(Duration length, double apart, int lines) {
    assertThat(FoldedTimeline.of(record(length, node("z", 0, "x"), node("z", apart, "x"))))
        .hasSize(lines);
  }

  @ParameterizedTest
  @CsvSource({"600, 1", "600.001, 2"})
  void lineCoversATwelfthOfTheLength(double last, int lines) {
    var happenings =
        Stream.concat(
                Stream.iterate(0, i -> i + 50).limit(12).map(i -> node("z", i, "x")),
                Stream.of(node("z", last, "x")))
            .toArray(Happening[]::new);
    assertThat(FoldedTimeline.of(record(Duration.ofHours(2), happenings))).hasSize(lines);
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        argumentSet("alike", node("a", 0, "is x"), node("a", 1, "is x"), 1),
        argumentSet("another zone", node("a", 0, "is x"), node("b", 1, "is x"), 2),
        argumentSet("another text", node("a", 0, "is x"), node("a", 1, "is y"), 2),
        argumentSet(
            "another kind", node("a", 0, "is x"), of(Kind.NODE_READY, 1, "n", "", "is x"), 2),
        argumentSet("pods of other texts", pod(0, "w", "goes"), pod(1, "v", "went"), 1));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void onlyWhatIsAlikeIsFolded(Happening one, Happening other, int lines) {
    var record = record(Duration.ofMinutes(9), one, other);
    assertThat(FoldedTimeline.of(record)).hasSize(lines);
    assertThat(FoldedTimeline.unfolded(record)).hasSize(2);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        argumentSet("one node", List.of(node("a", 0, "is x")), "node  is x"),
        argumentSet("nodes", List.of(node("a", 0, "is x"), node("a", 1, "is x")), "2 nodes are x"),
        argumentSet(
            "pods",
            List.of(
                pod(0, "n/Deployment/w", "is x"),
                pod(0, "n/Job/v", "is x"),
                pod(0, "n/Job/v", "is x")),
            "3 pods are x (n/v 2, n/w 1)"),
        argumentSet(
            "pods of different texts",
            List.of(pod(0, "n/Job/v", "after 3 s"), pod(0, "n/Job/v", "after 4 s")),
            "2 pods are evicted (n/v 2)"),
        argumentSet(
            "pods of many workloads",
            Stream.of("a", "b", "c", "d", "e").map(name -> pod(0, name, "has gone")).toList(),
            "5 pods have gone (a 1, b 1, c 1, 2 more)"),
        argumentSet(
            "steps",
            List.of(of(Kind.OUTAGE, 0, "m-1", "", "dies"), of(Kind.OUTAGE, 0, "m-2", "", "dies")),
            "m-1 and 1 more  dies"),
        argumentSet(
            "the same again",
            List.of(
                of(Kind.CONTROLLER, 0, "", "", "is deaf"),
                of(Kind.CONTROLLER, 0, "", "", "is deaf")),
            "is deaf, 2 times"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void lineSaysHowManyAndWhat(List<Happening> happenings, String text) {
    var lines = FoldedTimeline.of(record(Duration.ZERO, happenings.toArray(Happening[]::new)));
    assertThat(lines).extracting(TimelineLine::text).containsExactly(text);
  }

  private static Happening node(String zone, double at, String text) {
    return new Happening(seconds(at), Kind.NODE_UNKNOWN, zone, "node", "", text);
  }

  private static Happening pod(int at, String workload, String text) {
    return of(Kind.POD_EVICTED, at, "pod", workload, text);
  }

  private static Happening of(Kind kind, int at, String subject, String workload, String text) {
    return new Happening(seconds(at), kind, "a", subject, workload, text);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  private static SimulationRecord record(Duration length, Happening... happenings) {
    return new SimulationRecord(
        "",
        length,
        1,
        1,
        List.of(),
        List.of(happenings),
        List.of(),
        List.of(),
        new SimulationRecord.Peak(0, Duration.ZERO),
        new TreeMap<>(),
        List.of());
  }
}
