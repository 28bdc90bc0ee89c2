package io.nodelifecycle.serving.health;

import io.nodelifecycle.core.foreign.ForeignFinding;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.TimeLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When a check passes, warns or fails. */
final class Judgement {
  /** There is a step every second; reading the first list of a large cluster may take seconds. */
  static final Duration STEP_MAX = Duration.ofSeconds(30);

  /**
   * A quiet watch is opened anew after 90 s, one that fails after half a minute at most: an API
   * server that is only overloaded lets it through within minutes, and a restart would make it list
   * everything again.
   */
  static final Duration DEAF_MAX = Duration.ofMinutes(5);

  /** After that time people should know. */
  static final Duration DEAF_WARNED = Duration.ofMinutes(2);

  /** How long after a failed live read was to be repeated it still counts. */
  static final Duration READ_FAILURE_COUNTS = Duration.ofSeconds(30);

  /** So long after its last write another controller is taken to be there. */
  static final Duration FOREIGN_WARNED = Duration.ofMinutes(10);

  static final Duration EXPIRY_WARNED = Duration.ofDays(7);

  private Judgement() {}

  /**
   * Whether the control loop goes on.
   *
   * @param lastStep when it last said how it is doing; empty if it never did
   * @param started when it was to begin
   */
  static Verdict loop(Optional<Instant> lastStep, Instant started, Instant now) {
    var idle = Duration.between(lastStep.orElse(started), now);
    return idle.compareTo(STEP_MAX) > 0
        ? new Verdict.Failed("no step for " + seconds(idle))
        : Verdict.OK;
  }

  /**
   * Whether the watch of a resource is alive: what is not heard while the API server is away says
   * nothing about us.
   *
   * @param answered when a list or watch of it was last answered, or delivered something; empty
   *     before the first list
   */
  static Verdict watch(Optional<Instant> answered, Contact contact, Instant now) {
    var answering = contact.answeringSince(now);
    if (answered.isEmpty() || answering.isEmpty()) {
      return Verdict.OK;
    }
    var deaf = Duration.between(TimeLine.later(answered.get(), answering.get()), now);
    return deaf.compareTo(DEAF_MAX) > 0
        ? new Verdict.Failed(
            "nothing heard for " + seconds(deaf) + " although the API server answers")
        : Verdict.OK;
  }

  /**
   * The same for people, whoever's fault it is.
   *
   * @param answered as above
   */
  static Verdict quiet(Optional<Instant> answered, Instant now) {
    return answered
        .map(at -> Duration.between(at, now))
        .filter(quiet -> quiet.compareTo(DEAF_WARNED) > 0)
        .<Verdict>map(quiet -> new Verdict.Warned("nothing heard for " + seconds(quiet)))
        .orElse(Verdict.OK);
  }

  /**
   * Whether the watch of leases delivers what live reads show.
   *
   * @param behindSince empty if it does
   * @param grace how long it may take to catch up
   */
  static Verdict leases(Optional<Instant> behindSince, Duration grace, Instant now) {
    return behindSince
        .map(since -> Duration.between(since, now))
        .filter(behind -> behind.compareTo(grace) >= 0)
        .<Verdict>map(
            behind -> new Verdict.Failed("the watch lacks renewals for " + seconds(behind)))
        .orElse(Verdict.OK);
  }

  /** Whether everything was listed once. */
  static Verdict synced(boolean isSynced, Set<Resource> unlisted) {
    if (isSynced) {
      return Verdict.OK;
    }
    var names =
        unlisted.stream().map(Resource::plural).collect(Collectors.toCollection(TreeSet::new));
    return new Verdict.Failed(
        names.isEmpty()
            ? "lists are being taken in"
            : "not listed yet: " + String.join(", ", names));
  }

  /**
   * Whether leases can be read live.
   *
   * @param failing until when a failure counts; empty if there is none
   */
  static Verdict liveReads(Optional<FailedRead> failing, Instant now) {
    return failing
        .filter(read -> !now.isAfter(read.retryAt().plus(READ_FAILURE_COUNTS)))
        .<Verdict>map(read -> new Verdict.Failed(read.reason()))
        .orElse(Verdict.OK);
  }

  /** A live read that failed, and when it was to be tried again. */
  record FailedRead(String reason, Instant retryAt) {}

  /**
   * Whether this is the only one who judges the nodes.
   *
   * @param last what was last seen of another; empty if nothing was
   */
  static Verdict foreign(Optional<ForeignFinding> last, Instant now) {
    return last.filter(finding -> !now.isAfter(finding.at().plus(FOREIGN_WARNED)))
        .<Verdict>map(finding ->
            new Verdict.Warned(
                finding.text()
                    + ", seen "
                    + seconds(Duration.between(finding.at(), now))
                    + " ago; two controllers undo each other's work, switch one off"))
        .orElse(Verdict.OK);
  }

  /**
   * Whether the certificate of the secure port is good.
   *
   * @param problem why newer files are not in use; empty if there is none
   */
  static Verdict certificate(Optional<String> problem, Instant notAfter, Instant wallClock) {
    var isEnding = Duration.between(wallClock, notAfter).compareTo(EXPIRY_WARNED) < 0;
    var tense = wallClock.isBefore(notAfter) ? "expires at " : "expired at ";
    var end = isEnding ? Optional.of(tense + notAfter) : Optional.<String>empty();
    var warnings = Stream.of(end, problem).flatMap(Optional::stream).toList();
    return warnings.isEmpty() ? Verdict.OK : new Verdict.Warned(String.join("; ", warnings));
  }

  /**
   * Whether files that are read again are in use as they are now.
   *
   * @param problem why not; empty if they are
   */
  static Verdict files(Optional<String> problem) {
    return problem.<Verdict>map(Verdict.Warned::new).orElse(Verdict.OK);
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + "s";
  }
}
