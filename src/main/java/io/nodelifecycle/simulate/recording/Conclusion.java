package io.nodelifecycle.simulate.recording;

import io.nodelifecycle.Wiring;
import io.nodelifecycle.config.OperatingMode.Failure;
import io.nodelifecycle.config.Settings;
import io.nodelifecycle.core.LifecycleStatus;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.zone.ZoneStatus;
import io.nodelifecycle.simulate.engine.SimulationPlan;
import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.record.SimulationRecord.UntaintedNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What a run comes to in the end. */
final class Conclusion {
  private final SimulationPlan plan;
  private final Recorder recorder;

  Conclusion(SimulationPlan plan, Recorder recorder) {
    this.plan = plan;
    this.recorder = recorder;
  }

  SimulationRecord record(Instant now) {
    List<String> zones = new ArrayList<>();
    recorder.zones().all().forEach(zones::add);
    return new SimulationRecord(
        plan.title(),
        plan.length(),
        recorder.nodesAtBegin(),
        recorder.podsAtBegin(),
        zones,
        recorder.happenings(),
        recorder.samples(),
        recorder.workloads(now),
        recorder.peak(),
        flags(plan.settings()),
        untainted(now));
  }

  private static SequencedMap<String, String> flags(Settings settings) {
    var flags = new LinkedHashMap<String, String>();
    var health = settings.health();
    var zones = settings.zones();
    flags.put("node-monitor-grace-period", text(health.gracePeriod()));
    flags.put("node-eviction-rate", Recorder.rate(zones.evictionRate()));
    flags.put("secondary-node-eviction-rate", Recorder.rate(zones.secondaryEvictionRate()));
    flags.put("large-cluster-size-threshold", Integer.toString(zones.largeZoneThreshold()));
    flags.put("unhealthy-zone-threshold", Recorder.rate(zones.unhealthyThreshold()));
    flags.put("kube-api-qps", Recorder.rate(settings.cluster().qps()));
    flags.put("kube-api-burst", Integer.toString(settings.cluster().burst()));
    if (settings.mode().failure() == Failure.TIMEOUT) {
      flags.put("pod-eviction-timeout", text(settings.eviction().podEvictionTimeout()));
    }
    return flags;
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + "s";
  }

  private List<UntaintedNode> untainted(Instant now) {
    var status = recorder.status(now);
    List<UntaintedNode> nodes = new ArrayList<>();
    for (var node : recorder.nodes().untainted()) {
      nodes.add(
          new UntaintedNode(
              node.zone(),
              node.name(),
              node.deadSince(),
              reason(node.ready(), node.zone(), status)));
    }
    return nodes;
  }

  private String reason(ConditionStatus ready, String zone, Optional<LifecycleStatus> status) {
    if (ready == ConditionStatus.TRUE) {
      return "its grace period is not over, or its silence is being checked";
    }
    if (status.isPresent() && status.get().isStopped()) {
      return "no zone has a ready node: nothing is tainted";
    }
    if (!Wiring.corePolicy(plan.settings()).isByTaints()) {
      return "nodes are not tainted: pods are evicted after --pod-eviction-timeout";
    }
    var rate = status.flatMap(each -> zone(each, zone)).map(ZoneStatus::rate).orElse(0.0);
    return rate == 0
        ? "its zone's evictions are stopped: too many of its nodes are not ready"
        : "waits for its turn: the zone's rate is " + Recorder.rate(rate) + " nodes a second";
  }

  private Optional<ZoneStatus> zone(LifecycleStatus status, String name) {
    return status.zones().stream()
        .filter(zone -> recorder.zones().of(zone.zone()).equals(name))
        .findFirst();
  }
}
