package io.nodelifecycle.core.model;

/**
 * The status of a condition; {@link #ABSENT} stands for a condition that the object does not have.
 */
public enum ConditionStatus {
  /** The condition holds. */
  TRUE,
  /** The condition does not hold. */
  FALSE,
  /** Nobody knows. */
  UNKNOWN,
  /** There is no such condition. */
  ABSENT;

  /**
   * The status that the wire format spells this way. Anything but {@code True} and {@code False}
   * means that nobody knows.
   */
  public static ConditionStatus of(String status) {
    return switch (status) {
      case "True" -> TRUE;
      case "False" -> FALSE;
      default -> UNKNOWN;
    };
  }
}
