package io.nodelifecycle.core.eviction;

import io.nodelifecycle.core.eviction.TaintSighting.Predecessor;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.TimeLine;
import io.nodelifecycle.core.taint.LifecycleTaints;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node's NoExecute taints and since when each is there. Immutable: a node without such taints,
 * which is almost every node, shares {@link #NONE}.
 */
public final class TaintHistory {
  /** No NoExecute taint. */
  public static final TaintHistory NONE = new TaintHistory(List.of());

  /**
   * More swaps than this without the node being well in between: the oldest countdowns are
   * forgotten.
   */
  private static final int PREDECESSORS_MAX = 8;

  /**
   * The times of taints have whole seconds: a taint may be up to this much younger than it says.
   */
  private static final Duration TIME_ADDED_PRECISION = Duration.ofSeconds(1);

  private final List<TaintSighting> sightings;

  private TaintHistory(List<TaintSighting> sightings) {
    this.sightings = sightings;
  }

  /** Whether there is no NoExecute taint. */
  public boolean isEmpty() {
    return sightings.isEmpty();
  }

  /** Whether one of the taints is there because of the node's health. */
  public boolean hasHealthEviction() {
    return sightings.stream().anyMatch(each -> LifecycleTaints.isHealthEviction(each.taint()));
  }

  List<TaintSighting> sightings() {
    return sightings;
  }

  /**
   * The history after the node was seen with these taints; this one if nothing changed for
   * evictions.
   *
   * @param taints all taints of the node
   * @param firstListClock the wall clock if the node is one of the first list after a start, whose
   *     taints count from their timeAdded; null otherwise: taints count from when they are seen
   */
  public TaintHistory after(List<Taint> taints, @Nullable Instant firstListClock, Instant now) {
    var evicting = taints.stream().filter(Taint::isNoExecute).toList();
    if (isUnchanged(evicting)) {
      return this;
    }
    if (evicting.isEmpty()) {
      return NONE;
    }
    var predecessors = predecessors(evicting, now);
    var next = new ArrayList<TaintSighting>();
    for (var taint : evicting) {
      var isHealth = LifecycleTaints.isHealthEviction(taint);
      next.add(
          new TaintSighting(
              taint,
              sighting(taint)
                  .map(TaintSighting::appearedAt)
                  .orElseGet(() -> appearance(taint, firstListClock, now)),
              isHealth ? predecessors : List.of()));
    }
    return new TaintHistory(List.copyOf(next));
  }

  private boolean isUnchanged(List<Taint> evicting) {
    return evicting.size() == sightings.size()
        && evicting.stream().allMatch(taint -> sighting(taint).isPresent());
  }

  private Optional<TaintSighting> sighting(Taint taint) {
    return sightings.stream().filter(each -> each.taint().isEqualFor(taint)).findFirst();
  }

  /**
   * What health taints of the future have replaced: the ones that vanish now and their own past.
   */
  private List<Predecessor> predecessors(List<Taint> evicting, Instant now) {
    var predecessors = new ArrayList<Predecessor>();
    for (var old : sightings) {
      if (!LifecycleTaints.isHealthEviction(old.taint())) {
        continue;
      }
      for (var earlier : old.predecessors()) {
        if (!predecessors.contains(earlier)) {
          predecessors.add(earlier);
        }
      }
      if (evicting.stream().noneMatch(old.taint()::isEqualFor)) {
        predecessors.add(new Predecessor(old.taint(), old.appearedAt(), now));
      }
    }
    var from = Math.max(0, predecessors.size() - PREDECESSORS_MAX);
    return List.copyOf(predecessors.subList(from, predecessors.size()));
  }

  private static Instant appearance(Taint taint, @Nullable Instant firstListClock, Instant now) {
    var timeAdded = taint.timeAdded();
    if (firstListClock == null || timeAdded == null) {
      return now;
    }
    return TimeLine.at(timeAdded.plus(TIME_ADDED_PRECISION), firstListClock, now);
  }
}
