package io.nodelifecycle.kubernetes.http;

import java.util.function.BooleanSupplier;

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

  /** What a read of an answer's body failed with, as a failure of the request. */
  default ApiFailure broken(Throwable error) {
    return ApiFailure.unanswered(FailureTexts.of(error, server()));
  }
}
