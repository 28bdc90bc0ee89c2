package io.nodelifecycle.core.eviction;

import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which toleration of a pod a taint meets, as the Kubernetes documentation of taints defines it.
 */
public final class TolerationMatcher {
  private static final Pattern DECIMAL = Pattern.compile("0|-?[1-9][0-9]{0,18}");

  private final boolean hasComparisonOperators;

  /**
   * A matcher.
   *
   * @param hasComparisonOperators whether {@code Lt} and {@code Gt} match; otherwise they match
   *     nothing
   */
  public TolerationMatcher(boolean hasComparisonOperators) {
    this.hasComparisonOperators = hasComparisonOperators;
  }

  /** The first toleration, in the pod's order, that matches the taint: only that one counts. */
  public Optional<Toleration> first(List<Toleration> tolerations, Taint taint) {
    for (var toleration : tolerations) {
      if (matches(toleration, taint)) {
        return Optional.of(toleration);
      }
    }
    return Optional.empty();
  }

  private boolean matches(Toleration toleration, Taint taint) {
    if (!toleration.effect().isEmpty() && !toleration.effect().equals(taint.effect())) {
      return false;
    }
    if (!toleration.key().isEmpty() && !toleration.key().equals(taint.key())) {
      return false;
    }
    return switch (toleration.operator()) {
      case "", "Equal" -> toleration.value().equals(taint.value());
      case "Exists" -> true;
      case "Lt" -> hasComparisonOperators && compare(taint, toleration).orElse(0) < 0;
      case "Gt" -> hasComparisonOperators && compare(taint, toleration).orElse(0) > 0;
      default -> false;
    };
  }

  /** The taint's value against the toleration's, if both are integers as the API accepts them. */
  private static Optional<Integer> compare(Taint taint, Toleration toleration) {
    var left = integer(taint.value());
    var right = integer(toleration.value());
    return left.isPresent() && right.isPresent()
        ? Optional.of(left.get().compareTo(right.get()))
        : Optional.empty();
  }

  private static Optional<Long> integer(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException outsideOf64Bits) {
      return Optional.empty();
    }
  }
}
