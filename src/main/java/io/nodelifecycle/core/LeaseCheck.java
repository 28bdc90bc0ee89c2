package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.ReadLease;
import io.nodelifecycle.core.Action.ReadLeases;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.ResourceVersion;
import io.nodelifecycle.core.model.TimeLine;
import io.nodelifecycle.core.schedule.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the leases of nodes live before they are declared silent: a watch that is quiet proves
 * nothing.
 *
 * <p>Suspects are gathered for a moment and read together. If a lease is as the watch showed it, or
 * there is none, its node is silent indeed. If some lease was renewed unheard, the watch is behind
 * and nobody is declared silent until it has caught up ({@link LeaseBacklog}).
 */
final class LeaseCheck {
  private static final Duration GATHERING = Duration.ofMillis(100);
  private static final Duration LISTS_APART = Duration.ofSeconds(1);

  private final CorePolicy policy;
  private final Patience patience;
  private final Outbox outbox;
  private final Function<String, @Nullable String> cachedVersions;
  private final Set<NodeEntry> suspects = new LinkedHashSet<>();

  /** Those of the suspects that the read under way is about. */
  private final Set<NodeEntry> asked = new LinkedHashSet<>();

  /** Those whose silence a read has just confirmed. */
  private final Set<NodeEntry> confirmed = new LinkedHashSet<>();

  private boolean isWaiting;
  private boolean isUnderWay;
  private Instant askAt = Instant.MAX;
  private Instant nextList = Instant.MIN;
  private Instant notBefore = Instant.MIN;
  private int failures;
  private @Nullable LeaseBacklog backlog;

  /**
   * A check without suspects.
   *
   * @param cachedVersions the version of a node's lease that the watch has shown, null if it showed
   *     none
   */
  LeaseCheck(
      CorePolicy policy,
      Patience patience,
      Outbox outbox,
      Function<String, @Nullable String> cachedVersions) {
    this.policy = policy;
    this.patience = patience;
    this.outbox = outbox;
    this.cachedVersions = cachedVersions;
  }

  /**
   * Whether a node that was not heard is silent indeed; if that is not known yet, it is checked.
   */
  boolean isConfirmed(NodeEntry entry, Instant now) {
    if (!policy.live().hasLeases() || confirmed.remove(entry)) {
      return true;
    }
    if (suspects.add(entry) && askAt.equals(Instant.MAX)) {
      askAt = now.plus(GATHERING);
    }
    return false;
  }

  /** Whether it is being found out if a node is silent. */
  boolean isPending(NodeEntry entry) {
    return suspects.contains(entry);
  }

  /** A node was heard, or is gone, or nothing may be concluded about it. */
  void dismiss(NodeEntry entry) {
    suspects.remove(entry);
    asked.remove(entry);
    confirmed.remove(entry);
    if (suspects.isEmpty()) {
      askAt = Instant.MAX;
    }
  }

  /** How many things are kept. */
  int remembered() {
    return suspects.size() + asked.size() + confirmed.size();
  }

  /** Since when the watch is known to be behind, null if it is not. */
  @Nullable Instant behindSince() {
    return backlog == null ? null : backlog.since();
  }

  /** Lets a read wait for its turn when the suspects are gathered. */
  void advance(Instant now) {
    if (backlog != null) {
      backlog.advance(now);
    } else if (isDue(now)) {
      isWaiting = true;
      outbox.add(read());
    }
  }

  private boolean isDue(Instant now) {
    return !isWaiting && !isUnderWay && patience.isOver(now) && !dueAt().isAfter(now);
  }

  private Instant dueAt() {
    if (suspects.isEmpty()) {
      return Instant.MAX;
    }
    var due = TimeLine.later(askAt, notBefore);
    return suspects.size() > 1 ? TimeLine.later(due, nextList) : due;
  }

  private Read read() {
    return suspects.size() == 1
        ? new ReadLease(suspects.iterator().next().key.name())
        : new ReadLeases();
  }

  /** When {@link #advance} has something to do again. */
  Instant nextWake() {
    if (backlog != null) {
      return backlog.nextWake();
    }
    if (isWaiting || isUnderWay) {
      return Instant.MAX;
    }
    return TimeLine.later(dueAt(), patience.end());
  }

  /** The turn of the read that waited has come: whoever is a suspect now is asked for. */
  Confirmation confirm(Instant now) {
    isWaiting = false;
    if (backlog != null || !isDue(now)) {
      return Confirmation.DROP;
    }
    isUnderWay = true;
    asked.addAll(suspects);
    if (suspects.size() > 1) {
      nextList = now.plus(LISTS_APART);
    }
    return new Confirmation.Send(read());
  }

  /**
   * The read was answered.
   *
   * @param generation the number of the latest list of leases
   * @return the nodes that are to be judged again now
   */
  List<NodeEntry> ended(Read read, ReadOutcome outcome, int generation, Instant now) {
    isUnderWay = false;
    var answered = List.copyOf(asked);
    asked.clear();
    switch (outcome) {
      case ReadOutcome.Leases(var versions) -> {
        notBefore = Instant.MIN;
        if (failures > 0) {
          failures = 0;
          outbox.add(new Action.LiveReadRecovered(read));
        }
        compare(answered, versions, generation, now);
      }
      case ReadOutcome.Failed(var reason, var retryAfter) -> {
        failures++;
        var wait = wait(retryAfter);
        notBefore = now.plus(wait);
        outbox.add(new Action.LiveReadFailed(read, reason, wait.toSeconds()));
      }
      case ReadOutcome.Node _, ReadOutcome.Writers _ ->
          throw new IllegalStateException(outcome + " answers " + read);
    }
    return List.copyOf(confirmed);
  }

  /**
   * The usual backoff up to one monitor period, since what it holds up is the first thing that a
   * cluster needs to know; longer only if the API server asks for it.
   */
  private Duration wait(Duration retryAfter) {
    var wait = Backoff.after(failures, Duration.ZERO);
    var period = policy.health().monitorPeriod();
    wait = wait.compareTo(period) < 0 ? wait : period;
    return wait.compareTo(retryAfter) < 0 ? Backoff.after(1, retryAfter) : wait;
  }

  private void compare(
      List<NodeEntry> answered, Map<String, String> versions, int generation, Instant now) {
    var missed = "";
    for (var entry : answered) {
      var name = entry.key.name();
      var live = versions.get(name);
      if (live != null
          && !live.equals(cachedVersions.apply(name))
          && (missed.isEmpty() || ResourceVersion.isOlder(missed, live))) {
        missed = live;
      }
    }
    askAt = now.plus(GATHERING);
    if (missed.isEmpty()) {
      suspects.removeAll(answered);
      confirmed.addAll(answered);
      askAt = suspects.isEmpty() ? Instant.MAX : askAt;
    } else {
      backlog = new LeaseBacklog(missed, generation, policy.health().monitorGrace(), outbox, now);
    }
  }

  /** The watch, or a list, has shown a lease of this version. */
  void reached(String resourceVersion, Instant now) {
    if (backlog != null && backlog.isPassedBy(resourceVersion)) {
      caughtUp(backlog, now);
    }
  }

  /** A list of all leases is complete. */
  void listed(int generation, Instant now) {
    if (backlog != null && backlog.isPassedBy(generation)) {
      caughtUp(backlog, now);
    }
  }

  private void caughtUp(LeaseBacklog passed, Instant now) {
    passed.end(now);
    backlog = null;
    askAt = suspects.isEmpty() ? Instant.MAX : now.plus(GATHERING);
  }
}
