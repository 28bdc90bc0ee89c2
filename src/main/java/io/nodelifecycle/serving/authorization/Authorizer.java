package io.nodelifecycle.serving.authorization;

import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.serving.review.AccessReviews;
import io.nodelifecycle.serving.review.AccessVerdict;
import io.nodelifecycle.serving.review.Caller;
import io.nodelifecycle.serving.review.RememberedReviews;
import io.nodelifecycle.serving.review.ReviewException;
import io.nodelifecycle.serving.review.ReviewGate;
import io.nodelifecycle.serving.review.ReviewLog;
import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** Finds out whether a caller may use a path. Thread-safe. */
public final class Authorizer {
  private static final Decision ALLOWED = new Decision.Allowed();

  private record Question(Caller caller, String verb, String path) {}

  private final AllowedPaths open;
  private final AccessReviews reviews;
  private final ReviewLog log;
  private final RememberedReviews<Question, AccessVerdict> answers;

  /**
   * How long answers are remembered; zero: not at all.
   *
   * @param allowed a yes
   * @param denied a no
   */
  public record CacheTimes(Duration allowed, Duration denied) {
    private Duration of(AccessVerdict verdict) {
      return verdict.isAllowed() ? allowed : denied;
    }
  }

  /**
   * One that has asked nothing yet.
   *
   * @param open needs no permission
   * @param isServed whether there is anything at a path: permissions for others are worth no haste
   */
  public Authorizer(
      AllowedPaths open,
      AccessReviews reviews,
      ReviewGate gate,
      CacheTimes cacheTimes,
      Predicate<String> isServed,
      TimeSource time) {
    this.open = open;
    this.reviews = reviews;
    this.answers =
        new RememberedReviews<>(
            gate,
            cacheTimes::of,
            (question, verdict) -> verdict.isAllowed() && isServed.test(question.path),
            time);
    this.log = new ReviewLog(LoggerFactory.getLogger(Authorizer.class), time);
  }

  /**
   * Whether the caller may.
   *
   * @param verb the HTTP method in lower case
   * @param path decoded
   */
  public Decision decide(Caller caller, String verb, String path) throws InterruptedException {
    if (open.contains(path) || caller.groups().contains(Caller.MASTERS)) {
      return ALLOWED;
    }
    try {
      var verdict =
          answers.answer(
              new Question(caller, verb, path), () -> reviews.review(caller, verb, path));
      return verdict.isAllowed() ? ALLOWED : new Decision.Denied(verdict.reason());
    } catch (ReviewGate.CrowdedException _) {
      return new Decision.Crowded();
    } catch (ReviewException e) {
      log.unanswered("whether a caller may use a path could not be checked", e.getMessage());
      return new Decision.Unknown("permissions could not be checked");
    }
  }

  /**
   * Whether the caller may have all that is below a path too. The cluster is not asked about nobody
   * in particular: probes do not wait for it.
   *
   * @param verb the HTTP method in lower case
   * @param path decoded
   */
  public boolean isPermittedBelow(Caller caller, String verb, String path)
      throws InterruptedException {
    var below = path.endsWith("/") ? path + "*" : path + "/*";
    return open.contains(below)
        || (!caller.equals(Caller.ANONYMOUS)
            && decide(caller, verb, below) instanceof Decision.Allowed);
  }
}
