package io.nodelifecycle.testing;

import tools.jackson.databind.JsonNode;

/** An answer of the API server: the HTTP status and the body, a missing node if it had none. */
public record ApiResponse(int status, JsonNode body) {
  /** Is the status one of 200 to 299? */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The body of an answer that must be a success. */
  public JsonNode orThrow() {
    if (!isSuccess()) {
      throw new IllegalStateException("the API server answered " + status + ": " + body);
    }
    return body;
  }
}
