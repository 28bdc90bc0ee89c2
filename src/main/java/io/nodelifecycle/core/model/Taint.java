package io.nodelifecycle.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A taint of a node, as in {@code spec.taints}.
 *
 * @param key the taint key, never empty on a valid node
 * @param value the value, empty if absent
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule}, {@code NoExecute}, or whatever a
 *     newer API server knows: unknown effects are carried along unchanged
 * @param timeAdded when it was added by the wall clock of who added it (whole seconds), null if
 *     absent
 */
public record Taint(String key, String value, String effect, @Nullable Instant timeAdded) {
  /** The effect that keeps new pods away. */
  public static final String NO_SCHEDULE = "NoSchedule";

  /** The effect that evicts pods that do not tolerate it. */
  public static final String NO_EXECUTE = "NoExecute";

  /** A taint without a value that has not been written yet: who writes it stamps the time. */
  public static Taint unstamped(String key, String effect) {
    return new Taint(key, "", effect, null);
  }

  /** Whether the other taint has the same key and effect: what the API server keeps unique. */
  public boolean isSameAs(Taint other) {
    return key.equals(other.key) && effect.equals(other.effect);
  }

  /** Whether the other taint also has the same value: for tolerations it is then the same taint. */
  public boolean isEqualFor(Taint other) {
    return isSameAs(other) && value.equals(other.value);
  }

  /** Whether this taint evicts. */
  public boolean isNoExecute() {
    return NO_EXECUTE.equals(effect);
  }

  /** As {@code kubectl describe} prints it, for logs: {@code key=value:effect}. */
  @Override
  public String toString() {
    return value.isEmpty() ? key + ":" + effect : key + "=" + value + ":" + effect;
  }
}
