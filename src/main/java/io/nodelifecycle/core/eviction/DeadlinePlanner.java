package io.nodelifecycle.core.eviction;

import io.nodelifecycle.core.eviction.TaintSighting.Predecessor;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.core.taint.LifecycleTaints;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes when a pod has to go. */
public final class DeadlinePlanner {
  /** Longer than this is for ever: a thousand years. */
  private static final long SECONDS_MAX = 31_557_600_000L;

  private static final EvictionDeadline NEVER = new EvictionDeadline.Never();
  private static final EvictionDeadline IMMEDIATELY = new EvictionDeadline.Immediately();

  private final EvictionPolicy policy;
  private final TolerationMatcher matcher;

  /** A planner that follows the policy's gates. */
  public DeadlinePlanner(EvictionPolicy policy) {
    this.policy = policy;
    this.matcher = new TolerationMatcher(policy.hasComparisonOperators());
  }

  /**
   * When the pod has to go.
   *
   * @param tolerations the pod's tolerations in their order
   * @param history its node's taints
   * @param boundAt since when the pod is bound to the node
   * @param running the deadline of a timer that runs for the pod, null if none does
   * @param now the present
   */
  public EvictionDeadline plan(
      List<Toleration> tolerations,
      TaintHistory history,
      Instant boundAt,
      @Nullable Instant running,
      Instant now) {
    if (policy.isAnchoredAtTaint()) {
      return anchored(tolerations, history.sightings(), boundAt);
    }
    return unanchored(tolerations, history.sightings(), running, now);
  }

  /** As {@link #plan} without a running timer, for the taints that someone set by hand alone. */
  public EvictionDeadline planByHand(
      List<Toleration> tolerations, TaintHistory history, Instant boundAt, Instant now) {
    var byHand =
        history.sightings().stream()
            .filter(each -> !LifecycleTaints.isHealthEviction(each.taint()))
            .toList();
    return policy.isAnchoredAtTaint()
        ? anchored(tolerations, byHand, boundAt)
        : unanchored(tolerations, byHand, null, now);
  }

  private EvictionDeadline anchored(
      List<Toleration> tolerations, List<TaintSighting> sightings, Instant boundAt) {
    var earliest = Instant.MAX;
    for (var sighting : sightings) {
      var tolerated = tolerated(tolerations, sighting.taint());
      if (tolerated == 0) {
        return IMMEDIATELY;
      }
      if (tolerated == SECONDS_MAX) {
        continue;
      }
      earliest = min(earliest, later(sighting.appearedAt(), boundAt).plusSeconds(tolerated));
      earliest = min(earliest, inherited(tolerations, sighting.predecessors(), boundAt));
    }
    return earliest.equals(Instant.MAX) ? NEVER : new EvictionDeadline.At(earliest);
  }

  /**
   * The earliest deadline of the countdowns that replaced taints started. One that the pod
   * tolerated for ever has cancelled those before it; none reaches a pod that was bound after the
   * swap.
   */
  private Instant inherited(
      List<Toleration> tolerations, List<Predecessor> predecessors, Instant boundAt) {
    var earliest = Instant.MAX;
    for (var predecessor : predecessors.reversed()) {
      var tolerated = tolerated(tolerations, predecessor.taint());
      if (tolerated == SECONDS_MAX || boundAt.isAfter(predecessor.replacedAt())) {
        return earliest;
      }
      if (tolerated > 0) {
        earliest = min(earliest, later(predecessor.appearedAt(), boundAt).plusSeconds(tolerated));
      }
    }
    return earliest;
  }

  private EvictionDeadline unanchored(
      List<Toleration> tolerations,
      List<TaintSighting> sightings,
      @Nullable Instant running,
      Instant now) {
    var seconds = SECONDS_MAX;
    for (var sighting : sightings) {
      seconds = Math.min(seconds, tolerated(tolerations, sighting.taint()));
    }
    if (seconds == 0) {
      return IMMEDIATELY;
    }
    if (seconds == SECONDS_MAX) {
      return NEVER;
    }
    return new EvictionDeadline.At(running != null ? running : now.plusSeconds(seconds));
  }

  /** For how many seconds the taint is tolerated: 0 not at all, {@link #SECONDS_MAX} for ever. */
  private long tolerated(List<Toleration> tolerations, Taint taint) {
    var seconds = matcher.first(tolerations, taint).map(DeadlinePlanner::seconds);
    return seconds.orElse(0L);
  }

  private static long seconds(Toleration toleration) {
    return Optional.ofNullable(toleration.tolerationSeconds())
        .map(seconds -> Math.clamp(seconds, 0, SECONDS_MAX))
        .orElse(SECONDS_MAX);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant min(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
