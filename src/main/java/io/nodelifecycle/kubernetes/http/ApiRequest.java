package io.nodelifecycle.kubernetes.http;

import java.time.Duration;

/**
 * One request to the API server.
 *
 * @param method the HTTP method; GET if there is no body
 * @param path path and query, starting with a slash, already encoded
 * @param contentType of the body, empty if there is none
 * @param body JSON, empty if there is none
 * @param timeout how long the head of the answer may take; a watch is open for longer
 */
public record ApiRequest(
    String method, String path, String contentType, String body, Duration timeout) {
  /** A request without a body. */
  public static ApiRequest get(String path, Duration timeout) {
    return new ApiRequest("GET", path, "", "", timeout);
  }
}
