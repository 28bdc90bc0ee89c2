package io.nodelifecycle.serving.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * That the API server answers: the last time, and since when it has done so again and again.
 *
 * @param last when something was last heard of it
 * @param since the beginning of the time without long gaps that {@code last} is the end of
 */
record Contact(Instant last, Instant since) {
  /**
   * With a minute between bookmarks of a watch, a longer silence means that nothing is heard at
   * all.
   */
  static final Duration GAP_MAX = Duration.ofSeconds(90);

  /** The first. */
  static Contact first(Instant at) {
    return new Contact(at, at);
  }

  /** With one thing more that was heard; what was before the last is known already. */
  Contact heard(Instant at) {
    if (!at.isAfter(last)) {
      return this;
    }
    var isGap = Duration.between(last, at).compareTo(GAP_MAX) > 0;
    return new Contact(at, isGap ? at : since);
  }

  /** Since when it has been answering; empty if it is not answering now. */
  Optional<Instant> answeringSince(Instant now) {
    return Duration.between(last, now).compareTo(GAP_MAX) > 0
        ? Optional.empty()
        : Optional.of(since);
  }
}
