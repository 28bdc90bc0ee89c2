package io.nodelifecycle.sandbox.http;

import io.nodelifecycle.sandbox.resource.ApiFailure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a request; of a repeated one the first counts.
 *
 * @param parameters by name
 */
public record Query(Map<String, String> parameters) {

  /**
   * Reads the part of a URL after the question mark.
   *
   * @throws ApiFailure 400 if it is not well encoded
   */
  static Query parse(@Nullable String raw) {
    Map<String, String> parameters = new HashMap<>();
    if (raw != null) {
      for (String part : raw.split("&", -1)) {
        int at = part.indexOf('=');
        String name = decode(at < 0 ? part : part.substring(0, at));
        if (!name.isEmpty()) {
          parameters.putIfAbsent(name, at < 0 ? "" : decode(part.substring(at + 1)));
        }
      }
    }
    return new Query(Map.copyOf(parameters));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiFailure.badRequest("bad query: " + e.getMessage());
    }
  }

  /** The value of a parameter; empty if it is absent. */
  public String text(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Whether a parameter is present and means yes. */
  public boolean isSet(String name) {
    String value = text(name);
    return value.equals("true") || value.equals("1");
  }

  /**
   * The number that a parameter is.
   *
   * @throws ApiFailure 400 if it is something else
   */
  Optional<Long> number(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.matches("-?[0-9]{1,18}")) {
      throw ApiFailure.badRequest(
          "strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(value));
    }
    return Optional.of(Long.parseLong(value));
  }
}
