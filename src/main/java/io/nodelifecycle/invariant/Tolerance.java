package io.nodelifecycle.invariant;

import io.nodelifecycle.core.eviction.EvictionPolicy;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** For how long pods tolerate taints, as the documentation of taints and tolerations has it. */
final class Tolerance {
  /** Tolerated without an end. */
  static final long FOREVER = Long.MAX_VALUE;

  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

  private final EvictionPolicy policy;

  Tolerance(EvictionPolicy policy) {
    this.policy = policy;
  }

  /**
   * The earliest moment that this deadline may stand for. Where seconds count from when a timer was
   * set, one that runs is kept as it is, whatever changes: then only its end is known, not when.
   */
  Instant earliest(Instant deadline) {
    return policy.isAnchoredAtTaint() || deadline.equals(Instant.MAX) ? deadline : Instant.MIN;
  }

  /** Seconds, zero if not at all: the first toleration that matches decides. */
  long seconds(List<Toleration> tolerations, Taint taint) {
    for (var each : tolerations) {
      if (isFor(each.effect(), taint.effect())
          && isFor(each.key(), taint.key())
          && isValueMet(each, taint)) {
        var seconds = each.tolerationSeconds();
        return seconds == null ? FOREVER : Math.max(0, seconds);
      }
    }
    return 0;
  }

  private static boolean isFor(String wanted, String actual) {
    return wanted.isEmpty() || wanted.equals(actual);
  }

  private boolean isValueMet(Toleration toleration, Taint taint) {
    var operator = toleration.operator();
    if (operator.equals("Exists")) {
      return true;
    }
    if (operator.isEmpty() || operator.equals("Equal")) {
      return taint.value().equals(toleration.value());
    }
    var isComparison = operator.equals("Lt") || operator.equals("Gt");
    if (!policy.hasComparisonOperators()
        || !isComparison
        || !isInteger(taint.value())
        || !isInteger(toleration.value())) {
      return false;
    }
    var order = new BigInteger(taint.value()).compareTo(new BigInteger(toleration.value()));
    return operator.equals("Lt") ? order < 0 : order > 0;
  }

  private static boolean isInteger(String text) {
    if (text.length() > 20 || !text.matches("0|-?[1-9][0-9]*")) {
      return false;
    }
    var number = new BigInteger(text);
    return number.compareTo(LEAST) >= 0 && number.compareTo(MOST) <= 0;
  }
}
