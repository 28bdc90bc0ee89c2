package io.nodelifecycle.kubernetes.review;

import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.serving.review.ReviewException;
import java.time.Duration;
import java.util.function.Consumer;

/** Sends single questions to the API server. */
final class ReviewExchange {
  /** Who asks waits no longer, nor does a probe or a scrape. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private static final long ANSWER_BYTES_MAX = 4L << 20;

  private final ApiExchange transport;

  ReviewExchange(ApiExchange transport) {
    this.transport = transport;
  }

  /**
   * Creates an object, whose answer is read by {@code reader}.
   *
   * @param permission what RBAC has to allow for it
   */
  void create(String path, String body, String permission, Consumer<JsonCursor> reader)
      throws ReviewException, InterruptedException {
    send(new ApiRequest("POST", path, ApiRequest.JSON, body, TIMEOUT), permission, reader);
  }

  /** Reads an object. */
  void get(String path, String permission, Consumer<JsonCursor> reader)
      throws ReviewException, InterruptedException {
    send(ApiRequest.get(path, TIMEOUT), permission, reader);
  }

  private void send(ApiRequest request, String permission, Consumer<JsonCursor> reader)
      throws ReviewException, InterruptedException {
    try {
      var isRead =
          transport.ask(
              request,
              ANSWER_BYTES_MAX,
              json -> {
                if (!json.nextDocument()) {
                  return false;
                }
                reader.accept(json);
                return true;
              });
      if (!isRead) {
        throw new ReviewException("the answer of " + transport.server() + " is empty");
      }
    } catch (ApiFailure failure) {
      throw new ReviewException(failure.reason(permission));
    }
  }
}
