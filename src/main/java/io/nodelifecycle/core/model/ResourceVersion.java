package io.nodelifecycle.core.model;

/**
 * Compares resourceVersions of one resource. Kubernetes documents them as comparable decimal
 * integers; one that is not is neither older nor newer than another.
 */
public final class ResourceVersion {
  private ResourceVersion() {}

  /** Whether {@code version} is certainly older than {@code other}. */
  public static boolean isOlder(String version, String other) {
    if (!isNumber(version) || !isNumber(other)) {
      return false;
    }
    return version.length() == other.length()
        ? version.compareTo(other) < 0
        : version.length() < other.length();
  }

  private static boolean isNumber(String version) {
    if (version.isEmpty() || version.charAt(0) == '0') {
      return false;
    }
    return version.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }
}
