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
 * @param mayKnowReasons whether the caller is permitted everything below the path as well
 */
public record PageRequest(String path, String query, String accept, boolean mayKnowReasons) {
  /** The same of a caller who may know reasons. */
  PageRequest withReasons() {
    return new PageRequest(path, query, accept, true);
  }

  /** Whether more is asked for than that all is well. */
  public boolean isVerbose() {
    return !parameter("verbose").isEmpty();
  }

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
