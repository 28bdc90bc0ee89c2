package io.nodelifecycle.serving;

import java.nio.charset.StandardCharsets;

/** What a page answers. Immutable, as long as nobody changes the body. */
public final class Answer {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final int code;
  private final String contentType;
  private final byte[] body;

  /**
   * An answer.
   *
   * @param code the HTTP status
   * @param contentType of the body
   * @param body not to be changed any more
   */
  public Answer(int code, String contentType, byte[] body) {
    this.code = code;
    this.contentType = contentType;
    this.body = body;
  }

  /** Text. */
  public static Answer text(int code, String text) {
    return new Answer(code, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** JSON. */
  public static Answer json(String json) {
    return new Answer(200, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** Of the body. */
  public String contentType() {
    return contentType;
  }

  /** Not to be changed. */
  public byte[] body() {
    return body;
  }
}
