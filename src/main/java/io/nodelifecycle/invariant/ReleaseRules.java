package io.nodelifecycle.invariant;

import io.nodelifecycle.core.LifecycleStatus;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.core.zone.ZoneStatus;
import java.time.Duration;
import java.time.Instant;

/** When a zone's queue may let a node out, and how the zones have to be judged. */
final class ReleaseRules {
  private final ProcessView view;
  private final Reporter reporter;

  ReleaseRules(ProcessView view, Reporter reporter) {
    this.view = view;
    this.reporter = reporter;
  }

  /** A node is let out of its zone's queue. */
  void released(NodeKey key, Zone zone, Instant now) {
    var zones = view.zones;
    var seen = view.node(key);
    var cell = zones.cell(zone);
    var rate = cell == null ? 0 : cell.rate;
    var tokens = zones.release(zone, now);
    reporter.check(
        ZoneLedger.isEnough(tokens),
        Rule.ZONE_RATE,
        zone,
        now,
        () -> key + " is let out with " + tokens + " of a token, the rate is " + rate);
    reporter.check(
        !zones.isStopped(), Rule.CLUSTER_STOP, key, now, () -> "let out, all zones are disrupted");
    reporter.check(
        isSomeZoneSafe(now),
        Rule.HALF_GRACE,
        key,
        now,
        () -> "let out, and no counted node was heard within half its grace");
    if (seen == null) {
      reporter.report(Rule.QUEUED_ONCE, key, now, "let out, and it is not known");
      return;
    }
    checkTurn(seen, now);
    seen.releasedIn = zones.stretch();
  }

  /** A node counts as let out, by the process that led before. */
  void emptied(NodeKey key, Instant now) {
    var seen = view.node(key);
    var isFailed = seen != null && seen.isUnready() && view.isTimedOut(seen, now);
    reporter.check(
        !view.policy.isByTaints() && isFailed && view.isEmptied(key.name()),
        Rule.QUEUED_ONCE,
        key,
        now,
        () -> "takes no turn, and pods of it are still to go, or it is not given up");
    if (seen != null) {
      seen.releasedIn = view.zones.stretch();
    }
  }

  private void checkTurn(SeenNode seen, Instant now) {
    var isTainted = view.policy.isByTaints() && seen.taints.hasHealth();
    reporter.check(
        seen.isUnready() && !isTainted,
        Rule.QUEUED_ONCE,
        seen.key,
        now,
        () -> "let out, Ready is " + seen.node.ready() + ", taints are " + seen.taints);
    reporter.check(
        seen.releasedIn != view.zones.stretch(),
        Rule.QUEUED_ONCE,
        seen.key,
        now,
        () -> "let out again, it was not Ready nor tainted since");
    reporter.check(
        view.policy.isByTaints() || view.isTimedOut(seen, now),
        Rule.EVICTION_TIMEOUT,
        seen.key,
        now,
        () ->
            "let out, Ready changed "
                + Moments.between(seen.transition(view.zones.restartedAt()), now)
                + " ago, heard "
                + Moments.between(seen.probe(view.zones.restartedAt()), now)
                + " ago, the timeout is "
                + view.policy.podEvictionTimeout().orElse(Duration.ZERO));
  }

  private boolean isSomeZoneSafe(Instant now) {
    if (!view.zones.hasCounted()) {
      return true;
    }
    var half = view.policy.health().monitorGrace().dividedBy(2);
    if (view.zones.hasReady() && !now.isAfter(Moments.plus(view.zones.restartedAt(), half))) {
      return true;
    }
    for (var seen : view.heardLastFirst()) {
      var place = seen.placeNow();
      if (place.isCounted() && place.isReady()) {
        return !now.isAfter(Moments.plus(seen.probe(view.zones.restartedAt()), half));
      }
    }
    return false;
  }

  /** The zones as the process says that they are. */
  void stepped(LifecycleStatus status, Instant now) {
    if (!view.isSynced()) {
      return;
    }
    reporter.check(
        status.isPatient() == view.hearing.isPatient(now),
        Rule.PATIENCE,
        "process",
        now,
        () -> "is " + (status.isPatient() ? "" : "not ") + "patient: " + view.hearing);
    if (!view.policy.hasNodeLifecycle()) {
      return;
    }
    var zones = view.zones;
    reporter.check(
        status.isStopped() == zones.isStopped(),
        Rule.CLUSTER_STOP,
        "process",
        now,
        () -> "is stopped: " + status.isStopped() + ", should be: " + zones.isStopped());
    reporter.check(
        status.zones().size() == zones.count(),
        Rule.ZONE_STATE,
        "process",
        now,
        () -> "knows " + status.zones().size() + " zones, should know " + zones.count());
    status.zones().forEach(zone -> check(zone, now));
  }

  private void check(ZoneStatus zone, Instant now) {
    var cell = view.zones.cell(zone.zone());
    if (cell == null) {
      reporter.report(Rule.ZONE_STATE, zone.zone(), now, "has no node");
      return;
    }
    reporter.check(
        zone.size() == cell.counted()
            && zone.notReady() == cell.notReady
            && zone.state() == cell.state
            && zone.rate() == cell.rate,
        Rule.ZONE_STATE,
        zone.zone(),
        now,
        () ->
            "is %s with %d of %d not ready and rate %s, should be %s with %d of %d and %s"
                .formatted(
                    zone.state(),
                    zone.notReady(),
                    zone.size(),
                    zone.rate(),
                    cell.state,
                    cell.notReady,
                    cell.counted(),
                    cell.rate));
    reporter.check(
        zone.queued() <= cell.nodes && (!view.zones.isStopped() || zone.queued() == 0),
        view.zones.isStopped() ? Rule.CLUSTER_STOP : Rule.QUEUED_ONCE,
        zone.zone(),
        now,
        () -> zone.queued() + " nodes wait, there are " + cell.nodes);
  }
}
