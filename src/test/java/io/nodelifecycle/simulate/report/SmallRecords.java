package io.nodelifecycle.simulate.report;

import io.nodelifecycle.simulate.record.Happening;
import io.nodelifecycle.simulate.record.Happening.Kind;
import io.nodelifecycle.simulate.record.Sample;
import io.nodelifecycle.simulate.record.Sample.ZoneSample;
import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.record.SimulationRecord.Peak;
import io.nodelifecycle.simulate.record.SimulationRecord.UntaintedNode;
import io.nodelifecycle.simulate.record.WorkloadRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records that fit on a screen. */
public final class SmallRecords {
  /** Does harm in a page, in a script and on a terminal, unless it is made harmless. */
  public static final String HOSTILE =
      "</script><b>\u2028\u2029\0\u001b[31m<!--\"'&`${1}{{title}}<img src=x onerror=alert(1)>";

  private SmallRecords() {}

  /** Two nodes of one zone die; one is tainted and its two pods move. */
  public static SimulationRecord twoNodesDie(String title) {
    var flags = new LinkedHashMap<String, String>();
    flags.put("node-monitor-grace-period", "40s");
    flags.put("node-eviction-rate", "0.01");
    return new SimulationRecord(
        title,
        Duration.ofMinutes(20),
        6,
        12,
        List.of("a", "b"),
        happenings(),
        samples(),
        List.of(
            new WorkloadRecord(
                "shop", "Deployment", "web", 8, 1, 5, Optional.empty(), Duration.ZERO),
            new WorkloadRecord(
                "shop",
                "StatefulSet",
                "db",
                1,
                1,
                0,
                Optional.of(Duration.ofMinutes(5)),
                Duration.ofSeconds(382))),
        new Peak(7, Duration.ofSeconds(641)),
        flags,
        List.of(
            new UntaintedNode(
                "b", "node-5", Duration.ofMinutes(5), "waits for its turn: 0.01 nodes a second")));
  }

  private static List<Happening> happenings() {
    return List.of(
        new Happening(seconds(300), Kind.OUTAGE, "b", "", "", "2 of 3 nodes die"),
        node(340, Kind.NODE_UNKNOWN, "node-4", "is Unknown"),
        node(340, Kind.NODE_UNKNOWN, "node-5", "is Unknown"),
        new Happening(seconds(340), Kind.CLUSTER_STOPPED, "", "", "", "no zone has a ready node"),
        new Happening(seconds(341), Kind.CLUSTER_RESUMED, "", "", "", "evictions go on"),
        node(341, Kind.NODE_TAINTED, "node-4", "is tainted unreachable:NoExecute"),
        pod(641, Kind.POD_EVICTED, "shop/web-1", "shop/Deployment/web", "is evicted"),
        pod(642, Kind.POD_EVICTED, "shop/db-0", "shop/StatefulSet/db", "is evicted"),
        pod(682, Kind.POD_REPLACED, "shop/db-0", "shop/StatefulSet/db", "is replaced"));
  }

  private static List<Sample> samples() {
    return List.of(
        sample(0, new ZoneSample(3, 0, 0, 0, 0, 6, 0, 1)),
        sample(600, new ZoneSample(1, 0, 2, 2, 1, 2, 0, 8)),
        sample(1200, new ZoneSample(1, 0, 2, 2, 1, 4, 2, 9)));
  }

  private static Sample sample(int at, ZoneSample sick) {
    return new Sample(
        seconds(at), Map.of("a", new ZoneSample(3, 0, 0, 0, 0, 6, 0, 2), "b", sick), 5, 1);
  }

  /** Every name and text in it is {@link #HOSTILE}. */
  public static SimulationRecord hostile() {
    var sample = new ZoneSample(1, 0, 0, 0, 0, 1, 0, 1);
    var flags = new LinkedHashMap<String, String>();
    flags.put(HOSTILE, HOSTILE);
    return new SimulationRecord(
        HOSTILE,
        Duration.ofMinutes(2),
        1,
        1,
        List.of(HOSTILE),
        List.of(
            new Happening(seconds(1), Kind.OUTAGE, HOSTILE, HOSTILE, "", HOSTILE),
            new Happening(seconds(2), Kind.NODE_TAINTED, HOSTILE, HOSTILE, "", HOSTILE),
            new Happening(seconds(3), Kind.POD_EVICTED, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
            new Happening(seconds(4), Kind.POD_EVICTED, HOSTILE, HOSTILE, HOSTILE, HOSTILE)),
        List.of(
            new Sample(seconds(0), Map.of(HOSTILE, sample), 0, 0),
            new Sample(seconds(120), Map.of(HOSTILE, sample), 0, 0)),
        List.of(
            new WorkloadRecord(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                1,
                1,
                0,
                Optional.of(seconds(5)),
                Duration.ofSeconds(9))),
        new Peak(1, seconds(1)),
        flags,
        List.of(new UntaintedNode(HOSTILE, HOSTILE, seconds(1), HOSTILE)));
  }

  /** Nothing happened, and there was nothing it could happen to. */
  public static SimulationRecord empty() {
    return new SimulationRecord(
        "",
        Duration.ZERO,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Peak(0, Duration.ZERO),
        new LinkedHashMap<>(),
        List.of());
  }

  private static Happening node(int at, Kind kind, String name, String text) {
    return new Happening(seconds(at), kind, "b", name, "", text);
  }

  private static Happening pod(int at, Kind kind, String name, String workload, String text) {
    return new Happening(seconds(at), kind, "b", name, workload, text);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
