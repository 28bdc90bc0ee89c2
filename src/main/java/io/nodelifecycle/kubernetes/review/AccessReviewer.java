package io.nodelifecycle.kubernetes.review;

import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.http.JsonText;
import io.nodelifecycle.serving.review.AccessReviews;
import io.nodelifecycle.serving.review.AccessVerdict;
import io.nodelifecycle.serving.review.Caller;
import io.nodelifecycle.serving.review.ReviewException;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Asks the API server who may use which path. Thread-safe. */
public final class AccessReviewer implements AccessReviews {
  private static final String PATH = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
  private static final String PERMISSION =
      "verb create on resource subjectaccessreviews in API group authorization.k8s.io";

  private final ReviewExchange exchange;

  /** Asks through this transport. */
  public AccessReviewer(ApiExchange transport) {
    this.exchange = new ReviewExchange(transport);
  }

  @Override
  public AccessVerdict review(Caller caller, String verb, String path)
      throws ReviewException, InterruptedException {
    var body =
        JsonText.object(json -> {
          json.writeStringProperty("apiVersion", "authorization.k8s.io/v1");
          json.writeStringProperty("kind", "SubjectAccessReview");
          json.writeObjectPropertyStart("spec");
          writeCaller(json, caller);
          json.writeObjectPropertyStart("nonResourceAttributes");
          json.writeStringProperty("path", path);
          json.writeStringProperty("verb", verb);
          json.writeEndObject();
          json.writeEndObject();
        });
    var answer = new ReviewAnswer();
    exchange.create(PATH, body, PERMISSION, answer::read);
    return answer.access();
  }

  private static void writeCaller(JsonGenerator json, Caller caller) {
    json.writeStringProperty("user", caller.name());
    if (!caller.uid().isEmpty()) {
      json.writeStringProperty("uid", caller.uid());
    }
    writeTexts(json, "groups", caller.groups());
    json.writeObjectPropertyStart("extra");
    caller.extra().forEach((key, values) -> writeTexts(json, key, values));
    json.writeEndObject();
  }

  private static void writeTexts(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }
}
