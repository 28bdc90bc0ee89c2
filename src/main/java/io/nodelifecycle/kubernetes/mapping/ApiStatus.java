package io.nodelifecycle.kubernetes.mapping;

/**
 * What the API server says went wrong: an object of kind {@code Status}.
 *
 * @param code the HTTP code it stands for, 0 if absent
 * @param reason one word for machines, empty if absent
 * @param message a sentence for people, empty if absent
 */
public record ApiStatus(int code, String reason, String message) {
  /** What is no Status. */
  public static final ApiStatus NONE = new ApiStatus(0, "", "");

  private static final int HTTP_CODE_MAX = 999;

  /** Reads the object that the cursor stands on; what is not a Status reads as empty. */
  public static ApiStatus read(JsonCursor json) {
    var header = new ObjectHeader(json, ObjectHeader.LabelChoice.NONE);
    json.object(field -> {
      if (!header.read(field)) {
        json.skip();
      }
    });
    return header.status();
  }

  static int httpCode(long code) {
    return code > 0 && code <= HTTP_CODE_MAX ? (int) code : 0;
  }
}
