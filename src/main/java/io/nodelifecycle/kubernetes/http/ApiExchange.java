package io.nodelifecycle.kubernetes.http;

import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import java.util.function.BooleanSupplier;
import tools.jackson.core.JacksonException;

/** Sends requests to one API server, each once, and waits for the answers. */
public interface ApiExchange {
  /** The API server's address, for people. */
  String server();

  /**
   * Sends a request and waits for the head of its answer.
   *
   * @return the body of a successful answer, to be closed by the caller
   * @throws ApiFailure if the answer is an error or there is none
   */
  BodyStream send(ApiRequest request) throws ApiFailure, InterruptedException;

  /**
   * The same, if it may still be sent when its bytes leave: connecting takes time, and a process
   * may be stopped in it.
   *
   * @param mayLeave asked right before the body is handed to the connection; if not, the request
   *     fails and what was sent of it is no request
   */
  default BodyStream send(ApiRequest request, BooleanSupplier mayLeave)
      throws ApiFailure, InterruptedException {
    return send(request);
  }

  /** Reads what an answer holds. */
  @FunctionalInterface
  interface AnswerReader<T> {
    /** The cursor stands before the answer. */
    T read(JsonCursor json) throws ApiFailure, InterruptedException;
  }

  /** As below, for what may be sent whatever happens. */
  default <T> T ask(ApiRequest request, long bytesMax, AnswerReader<T> reader)
      throws ApiFailure, InterruptedException {
    return ask(request, () -> true, bytesMax, reader);
  }

  /**
   * Sends a request and reads its answer, to the end, so that its connection serves the next one.
   *
   * @param mayLeave see {@link #send(ApiRequest, BooleanSupplier)}
   * @param bytesMax how long the answer may be; it may take as long as its head
   */
  default <T> T ask(
      ApiRequest request, BooleanSupplier mayLeave, long bytesMax, AnswerReader<T> reader)
      throws ApiFailure, InterruptedException {
    try (var stream = send(request, mayLeave)) {
      stream.limitWaiting(request.timeout());
      stream.limitBytes(bytesMax);
      var answer = reader.read(JsonCursor.over(stream));
      stream.finish();
      return answer;
    } catch (JacksonException e) {
      throw broken(e);
    }
  }

  /** What a read of an answer's body failed with, as a failure of the request. */
  default ApiFailure broken(Throwable error) {
    return ApiFailure.unanswered(FailureTexts.of(error, server()));
  }
}
