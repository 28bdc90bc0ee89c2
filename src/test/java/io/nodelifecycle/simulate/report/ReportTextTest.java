package io.nodelifecycle.simulate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nodelifecycle.simulate.record.SimulationRecord;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ReportTextTest {
  @Test
  void timelineFoldsPodsAndNodes() {
    assertThat(TimelineText.folded(SmallRecords.twoNodesDie("")))
        .isEqualTo(
            """
            5m00s          b  2 of 3 nodes die
            5m40s          b  2 nodes are Unknown
            5m40s             no zone has a ready node
            5m41s             evictions go on
            5m41s          b  node-4  is tainted unreachable:NoExecute
            10m41s-10m42s  b  2 pods are evicted (shop/web 1, shop/db 1)
            11m22s         b  shop/db-0  is replaced
            """);
  }

  @Test
  void timelineHasAModeWithEverything() {
    assertThat(TimelineText.everything(SmallRecords.twoNodesDie("")))
        .isEqualTo(
            """
            5m00s   b  2 of 3 nodes die
            5m40s   b  node-4  is Unknown
            5m40s   b  node-5  is Unknown
            5m40s      no zone has a ready node
            5m41s      evictions go on
            5m41s   b  node-4  is tainted unreachable:NoExecute
            10m41s  b  shop/web-1  is evicted
            10m42s  b  shop/db-0  is evicted
            11m22s  b  shop/db-0  is replaced
            """);
  }

  @Test
  void summarySaysWhatHurtMostFirst() {
    assertThat(SummaryText.of(SmallRecords.twoNodesDie("defaults")))
        .isEqualTo(
            """
            defaults
            6 nodes, 12 pods, 2 zones, 20m00s
              --node-monitor-grace-period=40s
              --node-eviction-rate=0.01

            What happened
                                       count   first  median    last
              nodes marked Unknown         2   5m40s   5m40s   5m40s
              nodes tainted NoExecute      1   5m41s   5m41s   5m41s
              pods evicted                 2  10m41s  10m41s  10m42s
              pods replaced                1  11m22s  11m22s  11m22s
              Ready pods: 12 at the start, fewest 8 at 10m00s, 10 at the end

            Workloads that lost pods
              1 workload had no running pod for a time.
              workload             replicas  evicted   first    last  fewest      none running
              shop/StatefulSet/db         1        1  10m42s  10m42s       0  6m22s from 5m00s
              shop/Deployment/web         8        1  10m41s  10m41s       5                 -

            Dead till the end and never tainted
              b: 1 node, dead since 5m00s: waits for its turn: 0.01 nodes a second (node-5)

            All evictions were stopped: no zone had a ready node
              5m40s-5m41s, for 1s

            API calls
              39 in all, 3 failed; at most 7 in a second, at 10m41s
            """);
  }

  @Test
  void longTablesAreCutAndSayBy() {
    var text = SummaryText.of(MadeUpOutage.large("large", 1).record());
    assertThat(text).contains("shop/Deployment/web-9 ", "  and 45 more\n", "18,000");
    assertThat(text.lines().count()).isLessThan(60);
  }

  @Test
  void comparisonSetsEachRecordAgainstTheFirst() {
    var slow = MadeUpOutage.large("slow", 0.1).record();
    var fast = MadeUpOutage.large("fast", 1).record();
    assertThat(ComparisonText.of(List.of(slow, fast)))
        .contains(
            "slow     fast\n",
            "  * nodes tainted NoExecute              176      600\n",
            "    first node tainted                10m42s   10m42s\n",
            "fast, against slow\n",
            "  nodes tainted NoExecute: 424 more (600 instead of 176)\n",
            "  last node tainted: 19m11s earlier (20m41s instead of 39m52s)\n")
        .doesNotContain("  first node tainted:", "Not the same");
  }

  @Test
  void comparisonOfTheSameSaysSo() {
    var record = SmallRecords.twoNodesDie("defaults");
    assertThat(ComparisonText.of(List.of(record, record)))
        .contains("defaults (run 2), against defaults\n  no difference in these figures\n")
        .doesNotContain("*");
  }

  @Test
  void comparisonOfDifferentClustersWarns() {
    var text = ComparisonText.of(List.of(SmallRecords.twoNodesDie("a"), SmallRecords.empty()));
    assertThat(text)
        .contains("Not the same: a is about 6 nodes and 12 pods, run 2 about 0 nodes and 0 pods\n")
        .contains("Not the same: a lasts 20m00s, run 2 0s\n")
        .contains("first pod evicted: never instead of 10m41s\n");
  }

  @Test
  void comparisonNeedsARecord() {
    assertThatIllegalArgumentException().isThrownBy(() -> ComparisonText.of(List.of()));
  }

  static Stream<SimulationRecord> records() {
    return Stream.of(
        SmallRecords.empty(),
        SmallRecords.hostile(),
        SmallRecords.twoNodesDie("small"),
        MadeUpOutage.large("large", 0.1).record(),
        MadeUpOutage.large("x".repeat(300), 10).record());
  }

  @ParameterizedTest
  @MethodSource("records")
  void textFitsATerminalAndCannotSteerIt(SimulationRecord record) {
    var texts =
        Stream.of(
            TimelineText.folded(record),
            SummaryText.of(record),
            ComparisonText.of(List.of(record, record, record)));
    assertThat(texts.flatMap(String::lines))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100))
        .allSatisfy(line -> assertThat(line).doesNotContainPattern("[\\p{Cntrl}\u2028\u2029]"));
    assertThat(TimelineText.everything(record)).doesNotContain("\u001b", "\0", "\u2028");
  }
}
