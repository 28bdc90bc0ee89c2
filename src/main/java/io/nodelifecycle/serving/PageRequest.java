package io.nodelifecycle.serving;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is asked of a page.
 *
 * @param path decoded
 * @param query as it was sent, empty if there is none
 * @param accept the header of that name, empty if there is none
 */
public record PageRequest(String path, String query, String accept) {
  /** All values of a parameter; one without a value is empty. */
  public Set<String> parameter(String name) {
    var values = new LinkedHashSet<String>();
    for (var part : query.split("&", -1)) {
      var equals = part.indexOf('=');
      if (decoded(equals < 0 ? part : part.substring(0, equals)).equals(name)) {
        values.add(equals < 0 ? "" : decoded(part.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
