package io.nodelifecycle.kubernetes.http;

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

  /** What a read of an answer's body failed with, as a failure of the request. */
  default ApiFailure broken(Throwable error) {
    return ApiFailure.unanswered(FailureTexts.of(error, server()));
  }
}
