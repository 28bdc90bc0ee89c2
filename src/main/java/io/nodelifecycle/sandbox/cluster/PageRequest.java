package io.nodelifecycle.sandbox.cluster;

/**
 * Which part of a list is wanted, and of what age it may be. The rules are those of the Kubernetes
 * API for {@code limit}, {@code continue}, {@code resourceVersion} and {@code
 * resourceVersionMatch}.
 *
 * @param limit the largest number of objects; 0 for all
 * @param continueToken where the page before ended; empty for the first
 * @param resourceVersion the version asked for; empty for the latest
 * @param resourceVersionMatch {@code Exact}, {@code NotOlderThan} or empty
 */
public record PageRequest(
    int limit, String continueToken, String resourceVersion, String resourceVersionMatch) {
  /** Everything, as it is now. */
  public static final PageRequest ALL = new PageRequest(0, "", "", "");

  /** The first page of the list as it is now. */
  public static PageRequest first(int limit) {
    return new PageRequest(limit, "", "", "");
  }

  /** The page after the one that gave this token. */
  public PageRequest next(String token) {
    return new PageRequest(limit, token, "", "");
  }
}
