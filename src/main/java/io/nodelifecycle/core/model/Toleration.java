package io.nodelifecycle.core.model;

import org.jspecify.annotations.Nullable;

/**
 * A toleration of a pod, as in {@code spec.tolerations}.
 *
 * @param key the taint key it is for, empty for every key
 * @param operator {@code Exists}, {@code Equal} (also meant by the empty string), {@code Lt},
 *     {@code Gt}
 * @param value the value to compare with, empty if absent
 * @param effect the effect it is for, empty for every effect
 * @param tolerationSeconds how long a {@code NoExecute} taint is tolerated; null for ever, zero or
 *     less not at all
 */
public record Toleration(
    String key, String operator, String value, String effect, @Nullable Long tolerationSeconds) {}
