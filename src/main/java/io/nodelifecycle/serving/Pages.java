package io.nodelifecycle.serving;

import java.util.Map;
import java.util.Optional;

/**
 * The pages by their paths. A path that ends with a slash stands for everything below it; nothing
 * else is taken for another path, so that what is permitted is what is answered.
 */
public record Pages(Map<String, Page> byPath) {
  private static final String SLASH = "/";

  /** Takes a copy. */
  public Pages {
    byPath = Map.copyOf(byPath);
  }

  /** Whether there is a page of this path, decoded. */
  public boolean contains(String path) {
    return at(path).isPresent();
  }

  /** The page of this path, decoded. */
  Optional<Page> at(String path) {
    var exact = byPath.get(path);
    if (exact != null) {
      return Optional.of(exact);
    }
    var end = path.indexOf(SLASH, 1);
    return end < 0 ? Optional.empty() : Optional.ofNullable(byPath.get(path.substring(0, end + 1)));
  }
}
