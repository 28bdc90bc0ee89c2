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
 * @param isCompressible whether the answer may come compressed: for what is large and all there
 */
public record ApiRequest(
    String method,
    String path,
    String contentType,
    String body,
    Duration timeout,
    boolean isCompressible) {
  /** The type of a whole object. */
  public static final String JSON = "application/json";

  /** The type of a patch that replaces lists. */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  /** The type of a patch that merges lists by their keys. */
  public static final String STRATEGIC_MERGE_PATCH = "application/strategic-merge-patch+json";

  /** A request whose answer comes as it is. */
  public ApiRequest(String method, String path, String contentType, String body, Duration timeout) {
    this(method, path, contentType, body, timeout, false);
  }

  /** A request without a body. */
  public static ApiRequest get(String path, Duration timeout) {
    return new ApiRequest("GET", path, "", "", timeout);
  }

  /**
   * A request for a list. Deciphering JSON takes longer than reading it does, and a tenth of it is
   * quickly deciphered; API servers compress what is larger than 128 KiB.
   */
  public static ApiRequest list(String path, Duration timeout) {
    return new ApiRequest("GET", path, "", "", timeout, true);
  }
}
