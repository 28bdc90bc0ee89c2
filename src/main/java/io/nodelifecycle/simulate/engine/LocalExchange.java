package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.http.BodyStream;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.sandbox.http.ObjectAnswers;
import java.time.Duration;

/** Has requests answered by the in-memory cluster at once, without HTTP. */
final class LocalExchange implements ApiExchange {
  private final ObjectAnswers answers;
  private final TimeSource time;

  LocalExchange(ObjectAnswers answers, TimeSource time) {
    this.answers = answers;
    this.time = time;
  }

  @Override
  public String server() {
    return "the simulated API server";
  }

  @Override
  public BodyStream send(ApiRequest request) throws ApiFailure {
    try {
      var reply =
          answers.answer(request.method(), request.path(), request.contentType(), request.body());
      return BodyStream.complete(reply.pieces(), time);
    } catch (io.nodelifecycle.sandbox.resource.ApiFailure refused) {
      throw new ApiFailure(
          refused.code(), "HTTP " + refused.code() + ": " + refused.getMessage(), Duration.ZERO);
    }
  }
}
