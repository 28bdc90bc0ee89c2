package io.nodelifecycle.serving.authorization;

import java.util.List;

/** Paths that are open to everybody; a star at the end of one stands for any rest. */
public record AllowedPaths(List<String> patterns) {
  private static final String ANY = "*";

  /** Takes a copy. */
  public AllowedPaths {
    patterns = List.copyOf(patterns);
  }

  /** Whether the path, decoded, is one of them. */
  public boolean contains(String path) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, path));
  }

  private static boolean matches(String pattern, String path) {
    return pattern.endsWith(ANY)
        ? path.startsWith(pattern.substring(0, pattern.length() - 1))
        : path.equals(pattern);
  }
}
