package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Where a page of a list ended.
 *
 * @param revision the version at which the list began; {@link #LATEST} to go on with what is there
 * @param after the key of the last object that was returned
 */
record ContinueToken(long revision, String after) {
  /** Instead of a version: whatever is there when the page is asked for. */
  static final long LATEST = -1;

  /** The opaque text that clients send back. */
  String encode() {
    byte[] json = Json.bytes(Json.object().put("rv", revision).put("start", after));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws ApiFailure 400 if it is anything else
   */
  static ContinueToken decode(String text) {
    try {
      JsonNode json =
          Json.parse(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8)));
      if (json.path("rv").isIntegralNumber() && json.path("start").isString()) {
        return new ContinueToken(json.path("rv").asLong(), json.path("start").asString());
      }
    } catch (IllegalArgumentException | JacksonException _) {
      // Falls through: to the client all of these are one mistake.
    }
    throw ApiFailure.badRequest("continue key is not valid: " + text);
  }
}
