package io.nodelifecycle.kubernetes.review;

import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.http.JsonText;
import io.nodelifecycle.serving.review.Caller;
import io.nodelifecycle.serving.review.ReviewException;
import io.nodelifecycle.serving.review.TokenReviews;
import java.util.Optional;

/** Asks the API server whom a token belongs to. Thread-safe. */
public final class TokenReviewer implements TokenReviews {
  private static final String PATH = "/apis/authentication.k8s.io/v1/tokenreviews";
  private static final String PERMISSION =
      "verb create on resource tokenreviews in API group authentication.k8s.io";

  private final ReviewExchange exchange;

  /** Asks through this transport. */
  public TokenReviewer(ApiExchange transport) {
    this.exchange = new ReviewExchange(transport);
  }

  @Override
  public Optional<Caller> review(String token) throws ReviewException, InterruptedException {
    var body =
        JsonText.object(json -> {
          json.writeStringProperty("apiVersion", "authentication.k8s.io/v1");
          json.writeStringProperty("kind", "TokenReview");
          json.writeObjectPropertyStart("spec");
          json.writeStringProperty("token", token);
          json.writeEndObject();
        });
    var answer = new ReviewAnswer();
    exchange.create(PATH, body, PERMISSION, answer::read);
    return answer.caller();
  }
}
