package io.nodelifecycle.kubernetes.election;

import io.nodelifecycle.core.model.TimeLine;
import java.time.Duration;
import java.time.Instant;

/**
 * One candidate's part in an election: what it knows of the lease, and what it does next. Instants
 * are those of its own monotonic clock. A lease runs out when it has not changed for as long as it
 * is good for, seen from here; whatever times it holds prove nothing. A holder whose lease is gone
 * without having been given back is left alone as if that were a renewal. Not thread-safe.
 */
final class Candidacy {
  /** How often a standby looks: as much later than it must, it takes over. */
  private static final Duration LOOK_PERIOD = Duration.ofMillis(500);

  /** Who wants to be left alone for longer than that is not believed. */
  private static final Duration BELIEVED_MAX = Duration.ofHours(1);

  private static final Duration AFTER_CONFLICT = Duration.ofMillis(50);

  private final ElectionPolicy policy;
  private final Duration lookPeriod;
  private ElectionLease seen = ElectionLease.ABSENT;
  private Instant seenSince = Instant.MIN;

  /** As another held it last, unless that one gave it back; else absent. */
  private ElectionLease others = ElectionLease.ABSENT;

  private Instant nextStep = Instant.MIN;
  private boolean isLeading;
  private boolean hasToLook = true;

  /** The lease was sent to be written, and what became of that is not known. */
  private boolean isUnheard;

  /** The end of what the last renewal is good for; counted from before it was sent. */
  private Instant certainUntil = Instant.MIN;

  Candidacy(ElectionPolicy policy) {
    this.policy = policy;
    lookPeriod =
        policy.retryPeriod().compareTo(LOOK_PERIOD) < 0 ? policy.retryPeriod() : LOOK_PERIOD;
  }

  /** What is to be done. */
  enum Step {
    /** Nothing before {@link Candidacy#nextStep}. */
    WAIT,
    /** The lease is read. */
    LOOK,
    /** The lease is written in this candidate's name: for the first time, or again. */
    HOLD,
    /** It has led and may do so no longer. Nothing comes after that. */
    LOST
  }

  /** What is to be done now. */
  Step step(Instant now) {
    if (isLeading && !isCertain(now)) {
      return Step.LOST;
    }
    if (nextStep.isAfter(now)) {
      return Step.WAIT;
    }
    if (hasToLook) {
      return Step.LOOK;
    }
    return isLeading || isMine() || isFree(now) ? Step.HOLD : Step.LOOK;
  }

  /** When {@link #step} is to be asked again. */
  Instant nextStep() {
    return isLeading ? TimeLine.earlier(certainUntil, nextStep) : nextStep;
  }

  /** How long a request may take that is sent now. */
  Duration patience(Instant now) {
    var longest = policy.renewDeadline().dividedBy(2);
    if (!isLeading) {
      return longest;
    }
    var left = Duration.between(now, certainUntil);
    return left.compareTo(longest) < 0 ? left : longest;
  }

  /** Whether this candidate leads, and nobody else can as yet. */
  boolean isCertain(Instant now) {
    return now.isBefore(certainUntil);
  }

  /** Until when it is certain; in the past for who does not lead. */
  Instant certainUntil() {
    return certainUntil;
  }

  /** Whether this candidate has led and not lost yet. */
  boolean isLeading() {
    return isLeading;
  }

  /** Whether the lease may be in this candidate's name, led or not. */
  boolean mayHold() {
    return isMine() || isUnheard;
  }

  /** Whether how the lease was seen may not be how it is. */
  boolean hasToLook() {
    return hasToLook;
  }

  /** Who leads as far as is known, empty if nobody does. */
  String holder() {
    return seen.holder();
  }

  /** The lease that {@link Step#HOLD} writes. The API server takes no empty time. */
  ElectionLease wanted(String wallClock) {
    var isNew = !isMine();
    var isDated = !isNew && !seen.acquireTime().isEmpty();
    return new ElectionLease(
        policy.identity(),
        policy.leaseDuration(),
        isDated ? seen.acquireTime() : wallClock,
        wallClock,
        seen.transitions() + (isNew && seen.exists() ? 1 : 0),
        seen.resourceVersion());
  }

  /** The lease as a leader leaves it that gives up: free at once. */
  ElectionLease released(String wallClock) {
    return new ElectionLease(
        "",
        ElectionLease.GIVEN_BACK,
        wallClock,
        wallClock,
        seen.transitions(),
        seen.resourceVersion());
  }

  /** The lease was read. */
  void saw(ElectionLease lease, Instant now) {
    if (!lease.equals(seen)) {
      seen = lease;
      seenSince = now;
      others = othersLease();
    }
    hasToLook = false;
    isUnheard = false;
    if (isLeading && seen.isHeld() && !isMine()) {
      certainUntil = Instant.MIN;
      nextStep = now;
      return;
    }
    nextStep = isMine() || isFree(now) ? now : TimeLine.earlier(now.plus(lookPeriod), freeAt());
  }

  /** Who is neither in the lease any more nor has given it back may still be certain of it. */
  private ElectionLease othersLease() {
    if (isMine() || seen.isGivenBack()) {
      return ElectionLease.ABSENT;
    }
    return seen.isHeld() ? seen : others;
  }

  /** The lease is written from now on; until that is answered it may be either. */
  void sending() {
    hasToLook = true;
    isUnheard = true;
  }

  /** The lease was written. */
  void held(ElectionLease lease, Instant sentAt) {
    hasToLook = false;
    isUnheard = false;
    seen = lease;
    seenSince = sentAt;
    others = ElectionLease.ABSENT;
    isLeading = true;
    certainUntil = sentAt.plus(policy.renewDeadline());
    nextStep = sentAt.plus(policy.retryPeriod());
  }

  /** It was not, since it is not as it was seen: how it is now decides. */
  void conflicted(Instant now) {
    hasToLook = true;
    isUnheard = false;
    nextStep = now.plus(AFTER_CONFLICT);
  }

  /** A request failed; whether it did something is not known. */
  void failed(Instant now) {
    hasToLook = true;
    nextStep = now.plus(lookPeriod);
  }

  private boolean isMine() {
    return seen.holder().equals(policy.identity());
  }

  private boolean isFree(Instant now) {
    return !others.isHeld() || !freeAt().isAfter(now);
  }

  private Instant freeAt() {
    return seenSince.plus(leftAlone(others.duration()));
  }

  /** What the holder asks for, and no less than what it is given by those that ask for nothing. */
  private Duration leftAlone(Duration asked) {
    return asked.compareTo(policy.leaseDuration()) > 0 && isBelieved(asked)
        ? asked
        : policy.leaseDuration();
  }

  /** Whether somebody may want to be left alone for that long. */
  static boolean isBelieved(Duration asked) {
    return asked.isPositive() && asked.compareTo(BELIEVED_MAX) <= 0;
  }
}
