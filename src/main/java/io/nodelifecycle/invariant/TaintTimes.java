package io.nodelifecycle.invariant;

import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The NoExecute taints of a node and since when each is there, and the health taints that they
 * replaced without a gap. Immutable.
 */
final class TaintTimes {
  static final TaintTimes NONE = new TaintTimes(List.of(), List.of(), Instant.MIN);

  static final String NOT_READY = "node.kubernetes.io/not-ready";
  static final String UNREACHABLE = "node.kubernetes.io/unreachable";

  private static final int REPLACED_MAX = 32;

  private final List<Era> present;
  private final List<Era> replaced;
  private final Instant seenSince;

  private TaintTimes(List<Era> present, List<Era> replaced, Instant seenSince) {
    this.present = present;
    this.replaced = replaced;
    this.seenSince = seenSince;
  }

  private record Era(Taint taint, Instant since, Instant until) {}

  static boolean isHealth(Taint taint) {
    return taint.isNoExecute()
        && (taint.key().equals(NOT_READY) || taint.key().equals(UNREACHABLE));
  }

  /** After the node was seen with these taints, of which new ones count from what is said. */
  TaintTimes after(List<Taint> taints, Function<Taint, Instant> start, Instant now) {
    if (present.isEmpty() && taints.stream().noneMatch(Taint::isNoExecute)) {
      return NONE;
    }
    var next = new ArrayList<Era>();
    for (var taint : taints) {
      if (taint.isNoExecute()) {
        next.add(new Era(taint, since(taint, start), Instant.MAX));
      }
    }
    if (next.stream().noneMatch(each -> isHealth(each.taint))) {
      return next.isEmpty() ? NONE : new TaintTimes(List.copyOf(next), List.of(), seenSince(now));
    }
    var past = new ArrayList<>(replaced);
    for (var era : present) {
      if (isHealth(era.taint) && next.stream().noneMatch(each -> isSame(each.taint, era.taint))) {
        past.add(new Era(era.taint, era.since, now));
      }
    }
    var kept = past.subList(Math.max(0, past.size() - REPLACED_MAX), past.size());
    return new TaintTimes(List.copyOf(next), List.copyOf(kept), seenSince(now));
  }

  private Instant seenSince(Instant now) {
    return present.isEmpty() ? now : seenSince;
  }

  /** Since when the taint is there; if it is not, what is said. */
  Instant since(Taint taint, Function<Taint, Instant> start) {
    for (var era : present) {
      if (isSame(era.taint, taint)) {
        return era.since;
      }
    }
    return start.apply(taint);
  }

  private static boolean isSame(Taint one, Taint other) {
    return one.key().equals(other.key())
        && one.effect().equals(other.effect())
        && one.value().equals(other.value());
  }

  boolean isEmpty() {
    return present.isEmpty();
  }

  boolean hasHealth() {
    return present.stream().anyMatch(era -> isHealth(era.taint));
  }

  /** Whether a health taint is there since that moment, or longer. */
  boolean hasHealthSince(Instant moment) {
    return present.stream().anyMatch(era -> isHealth(era.taint) && !era.since.isAfter(moment));
  }

  /** Which of the taints count. */
  enum Part {
    ALL,
    SET_BY_HAND
  }

  /**
   * When a pod has to go that is bound since then: {@link Instant#MIN} for at once, {@link
   * Instant#MAX} for never.
   */
  Instant deadline(Tolerance tolerance, List<Toleration> tolerations, Instant bound, Part part) {
    var deadline = Instant.MAX;
    for (var era : present) {
      if (part == Part.SET_BY_HAND && isHealth(era.taint)) {
        continue;
      }
      var seconds = tolerance.seconds(tolerations, era.taint);
      if (seconds == 0) {
        return Instant.MIN;
      }
      if (seconds == Tolerance.FOREVER) {
        continue;
      }
      deadline = Moments.earlier(deadline, end(era, bound, seconds));
      if (isHealth(era.taint)) {
        deadline = Moments.earlier(deadline, inherited(tolerance, tolerations, bound));
      }
    }
    return deadline;
  }

  /**
   * The earliest end of a timer that counts from when it was set, and is kept whatever changes, but
   * not while there is no taint.
   */
  Instant earliestTimer(List<Toleration> tolerations) {
    var seconds = Tolerance.FOREVER;
    for (var each : tolerations) {
      var some = each.tolerationSeconds();
      seconds = Math.min(seconds, some == null ? Tolerance.FOREVER : Math.max(0, some));
    }
    return Moments.plusSeconds(seenSince, seconds);
  }

  private static Instant end(Era era, Instant bound, long seconds) {
    return Moments.plusSeconds(Moments.later(era.since, bound), seconds);
  }

  /** The countdowns that replaced taints began, back to the last swap that ended them. */
  private Instant inherited(Tolerance tolerance, List<Toleration> tolerations, Instant bound) {
    var deadline = Instant.MAX;
    for (var era : replaced.reversed()) {
      var seconds = tolerance.seconds(tolerations, era.taint);
      if (seconds == Tolerance.FOREVER || bound.isAfter(era.until)) {
        break;
      }
      if (seconds > 0) {
        deadline = Moments.earlier(deadline, end(era, bound, seconds));
      }
    }
    return deadline;
  }

  @Override
  public String toString() {
    return present.stream().map(era -> era.taint + " since " + era.since).toList().toString();
  }
}
