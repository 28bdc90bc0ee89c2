package io.nodelifecycle.invariant;

import io.nodelifecycle.core.model.Zone;
import io.nodelifecycle.core.zone.DisruptionPolicy;
import io.nodelifecycle.core.zone.ZoneState;
import io.nodelifecycle.invariant.SeenNode.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The zones as one process has to see them: how many nodes are counted and ready, the states and
 * rates that follow, and how many tokens each limiter can have at most.
 */
final class ZoneLedger {
  private static final double ROUNDING = 1e-5;

  private final DisruptionPolicy policy;
  private final Map<Zone, Cell> cells = new LinkedHashMap<>();
  private boolean isToBeEvaluated;
  private Instant judgedAt = Instant.MIN;
  private Instant restartedAt = Instant.MIN;
  private boolean isStopped;
  private int stretch;

  ZoneLedger(DisruptionPolicy policy) {
    this.policy = policy;
  }

  /** One zone. */
  static final class Cell {
    int nodes;
    int ready;
    int notReady;
    ZoneState state = ZoneState.INITIAL;
    double rate;
    private double tokens;
    private Instant refilledAt;

    Cell(double rate, Instant now) {
      this.rate = rate;
      this.tokens = rate > 0 ? 1 : 0;
      this.refilledAt = now;
    }

    private void count(Place place, int by) {
      nodes += by;
      ready += place.isCounted() && place.isReady() ? by : 0;
      notReady += place.isCounted() && !place.isReady() ? by : 0;
    }

    int counted() {
      return ready + notReady;
    }

    double tokens(Instant now) {
      if (now.isAfter(refilledAt)) {
        var rest = Duration.between(refilledAt, now);
        var seconds = Moments.seconds(rest);
        tokens = Math.min(1, tokens + seconds * rate);
        refilledAt = now;
      }
      return tokens;
    }

    private void setRate(double next, Instant now) {
      if (next != rate) {
        var hadToken = tokens(now) >= 1 - ROUNDING;
        tokens = hadToken && next > 0 ? 1 : 0;
        rate = next;
      }
    }
  }

  /** Counts the node where it is now. */
  void place(SeenNode seen, Instant now) {
    var place = seen.placeNow();
    if (place.equals(seen.place)) {
      return;
    }
    remove(seen);
    cells.computeIfAbsent(place.zone(), _ -> new Cell(policy.evictionRate(), now)).count(place, 1);
    seen.place = place;
    isToBeEvaluated = true;
  }

  void remove(SeenNode seen) {
    var place = seen.place;
    var cell = place == null ? null : cells.get(place.zone());
    if (place != null && cell != null) {
      cell.count(place, -1);
      seen.place = null;
      isToBeEvaluated = true;
    }
  }

  /** The process judges its zones now, together with the verdicts that it is about to announce. */
  void judged(Instant now) {
    judgedAt = now;
  }

  /** Computes states and rates, once for all changes of one judgement. */
  void evaluate() {
    if (!isToBeEvaluated) {
      return;
    }
    isToBeEvaluated = false;
    cells.values().removeIf(cell -> cell.nodes == 0);
    var wasStopped = isStopped;
    isStopped =
        cells.values().stream().allMatch(cell -> cell.ready == 0)
            && cells.values().stream().anyMatch(cell -> cell.notReady > 0);
    if (wasStopped != isStopped) {
      stretch++;
      restartedAt = wasStopped ? judgedAt : restartedAt;
    }
    cells
        .values()
        .forEach(cell -> {
          cell.state = state(cell);
          cell.setRate(isStopped ? 0 : rate(cell), judgedAt);
        });
  }

  private ZoneState state(Cell cell) {
    if (cell.counted() == 0) {
      return ZoneState.INITIAL;
    }
    if (cell.ready == 0) {
      return ZoneState.FULL_DISRUPTION;
    }
    var isShareReached = cell.notReady / (double) cell.counted() >= policy.unhealthyZoneThreshold();
    return cell.notReady > 2 && isShareReached ? ZoneState.PARTIAL_DISRUPTION : ZoneState.NORMAL;
  }

  private double rate(Cell cell) {
    if (cell.state != ZoneState.PARTIAL_DISRUPTION) {
      return policy.evictionRate();
    }
    return cell.counted() > policy.largeClusterSizeThreshold() ? policy.secondaryEvictionRate() : 0;
  }

  /** A node of this zone was let out: says how many tokens there were for it at most. */
  double release(Zone zone, Instant now) {
    var cell = cells.get(zone);
    if (cell == null) {
      return 0;
    }
    var tokens = cell.tokens(now);
    cell.tokens = Math.max(0, tokens - 1);
    return tokens;
  }

  static boolean isEnough(double tokens) {
    return tokens >= 1 - ROUNDING;
  }

  @Nullable Cell cell(Zone zone) {
    return cells.get(zone);
  }

  int count() {
    return cells.size();
  }

  /** Whether all zones with a counted node are fully disrupted. */
  boolean isStopped() {
    return isStopped;
  }

  boolean hasReady() {
    return cells.values().stream().anyMatch(cell -> cell.ready > 0);
  }

  boolean hasCounted() {
    return cells.values().stream().anyMatch(cell -> cell.counted() > 0);
  }

  /** When the last cluster-wide stop ended. */
  Instant restartedAt() {
    return restartedAt;
  }

  /** How often the cluster-wide stop began or ended. */
  int stretch() {
    return stretch;
  }
}
