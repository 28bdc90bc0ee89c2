package io.nodelifecycle.serving.authentication;

import io.nodelifecycle.serving.review.Caller;

/** What came of finding out who calls. */
public sealed interface Identity {
  /** Somebody known, or nobody in particular who brought no credentials. */
  record Known(Caller caller) implements Identity {}

  /** The credentials are good for nothing, or it cannot be found out whether they are. */
  record Refused(String reason) implements Identity {}

  /** Nothing that says who: the next kind of credentials decides. */
  record Absent() implements Identity {}

  /** Too much is being asked: to be tried again a little later. */
  record Crowded() implements Identity {}
}
