package io.nodelifecycle.kubernetes.mapping;

/** Reads the answer to a list, or one page of it; each object is reported while it arrives. */
public final class ListBody {
  private final JsonCursor json;
  private final Runnable onItem;
  private String kind = "";
  private String resourceVersion = "";
  private String continueToken = "";
  private boolean hasItems;

  private ListBody(JsonCursor json, Runnable onItem) {
    this.json = json;
    this.onItem = onItem;
  }

  /**
   * Reads everything.
   *
   * @param onItem called when the cursor stands on an object, which it has to read
   */
  public static ListBody read(JsonCursor json, Runnable onItem) {
    var body = new ListBody(json, onItem);
    json.object(body::readField);
    return body;
  }

  /** Whether it was a list at all. */
  public boolean isList() {
    return kind.endsWith("List") && hasItems;
  }

  /** The version of the list, empty if it has none. */
  public String resourceVersion() {
    return resourceVersion;
  }

  /** Names the next page, empty if this was the last. */
  public String continueToken() {
    return continueToken;
  }

  private void readField(String field) {
    switch (field) {
      case "kind" -> kind = json.text();
      case "metadata" -> json.object(this::readMetadata);
      case "items" -> {
        hasItems = json.isArrayOrNull();
        json.array(onItem);
      }
      default -> json.skip();
    }
  }

  private void readMetadata(String field) {
    switch (field) {
      case "resourceVersion" -> resourceVersion = json.text();
      case "continue" -> continueToken = json.text();
      default -> json.skip();
    }
  }
}
