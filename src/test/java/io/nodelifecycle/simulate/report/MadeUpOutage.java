package io.nodelifecycle.simulate.report;

import io.nodelifecycle.simulate.record.Happening;
import io.nodelifecycle.simulate.record.Happening.Kind;
import io.nodelifecycle.simulate.record.Sample;
import io.nodelifecycle.simulate.record.Sample.ZoneSample;
import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.record.SimulationRecord.UntaintedNode;
import io.nodelifecycle.simulate.record.WorkloadRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A large record as an outage of one zone would leave it: machines die, are marked Unknown 40 s
 * later, tainted at the zone's rate, their pods evicted 5 min after that, and come back.
 *
 * @param title of the record
 * @param nodes in all zones
 * @param podsPerNode on each
 * @param killed how many nodes of the second zone die
 * @param perSecond how many of them are tainted in a second
 */
public record MadeUpOutage(String title, int nodes, int podsPerNode, int killed, double perSecond) {
  private static final List<String> ZONES = List.of("eu-1a", "eu-1b", "eu-1c");
  private static final String ZONE = "eu-1b";
  private static final int KILL = 600;
  private static final int UNKNOWN = KILL + 41;
  private static final int HEAL = 2400;
  private static final int LENGTH = 3600;
  private static final int STEP = 5;
  private static final int TOLERATED = 300;

  /** As large as clusters get. */
  public static MadeUpOutage large(String title, double perSecond) {
    return new MadeUpOutage(title, 5_000, 30, 600, perSecond);
  }

  /** What would be recorded. */
  public SimulationRecord record() {
    return new SimulationRecord(
        title,
        seconds(LENGTH),
        nodes,
        nodes * podsPerNode,
        ZONES,
        happenings(),
        samples(),
        workloads(),
        new SimulationRecord.Peak(45, seconds(UNKNOWN + TOLERATED + 12)),
        new TreeMap<>(
            Map.of(
                "node-eviction-rate",
                String.valueOf(perSecond),
                "node-monitor-grace-period",
                "40s",
                "unhealthy-zone-threshold",
                "0.55")),
        untainted());
  }

  private List<Happening> happenings() {
    var happenings = new ArrayList<Happening>();
    happenings.add(outage(KILL, killed + " of " + zoneNodes() + " nodes die"));
    happenings.add(outage(HEAL, "all but one of them come back"));
    for (int i = 0; i < killed; i++) {
      var node = node(i);
      happenings.add(
          new Happening(millis(UNKNOWN, i % 3), Kind.NODE_UNKNOWN, ZONE, node, "", "is Unknown"));
      int tainted = taintedAt(i);
      if (tainted < HEAL) {
        happenings.add(
            new Happening(
                seconds(tainted),
                Kind.NODE_TAINTED,
                ZONE,
                node,
                "",
                "is tainted unreachable:NoExecute"));
        addEvictions(happenings, i, tainted + TOLERATED);
      }
      if (i > 0) {
        happenings.add(
            new Happening(millis(HEAL + 4, i % 7), Kind.NODE_READY, ZONE, node, "", "is ready"));
      }
    }
    happenings.sort(Comparator.comparing(Happening::at));
    return happenings;
  }

  private void addEvictions(List<Happening> happenings, int node, int at) {
    if (at >= HEAL) {
      return;
    }
    for (int pod = 0; pod < podsPerNode; pod++) {
      var workload = workload(node * podsPerNode + pod);
      var name = workload.split("/")[0] + "/" + workload.split("/")[2] + "-" + node + "-" + pod;
      happenings.add(
          new Happening(millis(at, pod), Kind.POD_EVICTED, ZONE, name, workload, "is evicted"));
      happenings.add(
          new Happening(
              millis(at + 35, pod), Kind.POD_REPLACED, "eu-1a", name, workload, "is replaced"));
    }
  }

  private List<Sample> samples() {
    var samples = new ArrayList<Sample>();
    for (int at = 0; at <= LENGTH; at += STEP) {
      var zones = new LinkedHashMap<String, ZoneSample>();
      for (var zone : ZONES) {
        zones.put(zone, zone.equals(ZONE) ? sick(at) : well());
      }
      samples.add(new Sample(seconds(at), zones, 6, at > KILL && at < KILL + 60 ? 1 : 0));
    }
    return samples;
  }

  private ZoneSample well() {
    int ready = zoneNodes();
    return new ZoneSample(ready, 0, 0, 0, 0, ready * podsPerNode, 0, 3);
  }

  private ZoneSample sick(int at) {
    int dead = at < KILL ? 0 : at < HEAL ? killed : 1;
    int unknown = at < UNKNOWN ? 0 : at < HEAL + 5 ? killed : 1;
    int evicted = evictedNodes(at) * podsPerNode;
    int tainted = at < HEAL + 10 ? taintedNodes(at) : 0;
    int requests = 4 + (taintedNodes(at) - taintedNodes(at - STEP)) * 3;
    return new ZoneSample(
        zoneNodes() - unknown,
        0,
        unknown,
        dead,
        tainted,
        (zoneNodes() - unknown) * podsPerNode + evictedNodes(at - 35) * podsPerNode,
        evicted,
        requests + (evictedNodes(at) - evictedNodes(at - STEP)) * podsPerNode);
  }

  private int taintedNodes(int at) {
    return (int) Math.clamp((long) ((Math.min(at, HEAL) - UNKNOWN) * perSecond), 0L, (long) killed);
  }

  private int evictedNodes(int at) {
    return taintedNodes(Math.min(at, HEAL) - TOLERATED);
  }

  private int taintedAt(int node) {
    return UNKNOWN + (int) (node / perSecond) + 1;
  }

  private List<WorkloadRecord> workloads() {
    var workloads = new ArrayList<WorkloadRecord>();
    for (int i = 0; i < 60; i++) {
      int evicted = evictedNodes(LENGTH) * podsPerNode / 60;
      boolean lost = i % 17 == 3;
      workloads.add(
          new WorkloadRecord(
              workload(i).split("/")[0],
              workload(i).split("/")[1],
              workload(i).split("/")[2],
              nodes * podsPerNode / 60,
              evicted,
              lost ? 0 : nodes * podsPerNode / 90,
              lost ? Optional.of(seconds(KILL)) : Optional.empty(),
              lost ? seconds(341 + i * 7) : Duration.ZERO));
    }
    return workloads;
  }

  private List<UntaintedNode> untainted() {
    return List.of(
        new UntaintedNode(
            ZONE,
            node(0),
            seconds(KILL),
            "waits for its turn: the zone's rate is " + perSecond + " nodes a second"));
  }

  private int zoneNodes() {
    return nodes / ZONES.size();
  }

  private static String workload(int pod) {
    int i = pod % 60;
    var kind = i % 5 == 0 ? "StatefulSet" : "Deployment";
    return (i % 3 == 0 ? "shop" : "platform") + "/" + kind + "/" + name(i);
  }

  private static String name(int i) {
    return List.of("web", "cart", "search", "db", "queue", "mail").get(i % 6) + "-" + i / 6;
  }

  private static String node(int i) {
    return "node-%04d".formatted(i);
  }

  private static Happening outage(int at, String text) {
    return new Happening(seconds(at), Kind.OUTAGE, ZONE, "", "", text);
  }

  private static Duration millis(int second, int step) {
    return seconds(second).plusMillis(step * 30L);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
