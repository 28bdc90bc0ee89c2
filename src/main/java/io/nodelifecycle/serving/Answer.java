package io.nodelifecycle.serving;

import java.nio.charset.StandardCharsets;

/**
 * What a page answers.
 *
 * @param code the HTTP status
 * @param contentType of the body
 * @param body not to be changed any more
 */
public record Answer(int code, String contentType, byte[] body) {
  private static final String TEXT = "text/plain; charset=utf-8";

  /** Text. */
  public static Answer text(int code, String text) {
    return new Answer(code, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** JSON. */
  public static Answer json(String json) {
    return new Answer(200, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }
}
