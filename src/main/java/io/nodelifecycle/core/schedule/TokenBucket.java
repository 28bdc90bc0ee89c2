package io.nodelifecycle.core.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * Lets things out at a rate, and a burst of them after a rest. A rate of zero never lets anything
 * out and holds no token.
 */
public final class TokenBucket {
  /** Longest rest that is computed with; beyond it the bucket is full for any rate that matters. */
  private static final double REST_SECONDS_MAX = 1e9;

  /** What rounding may have lost of a token between two looks. */
  private static final double ROUNDING = 1e-6;

  private final double ratePerSecond;
  private final double burst;
  private double tokens;
  private Instant updatedAt;

  private TokenBucket(double ratePerSecond, double burst, double tokens, Instant now) {
    this.ratePerSecond = ratePerSecond;
    this.burst = burst;
    this.tokens = tokens;
    this.updatedAt = now;
  }

  /**
   * A bucket with all its tokens.
   *
   * @param ratePerSecond tokens per second, zero or more
   * @param burst how many tokens it holds at most, at least one
   */
  public static TokenBucket full(double ratePerSecond, int burst, Instant now) {
    return new TokenBucket(ratePerSecond, burst, ratePerSecond > 0 ? burst : 0, now);
  }

  /** A bucket without tokens; otherwise as {@link #full}. */
  public static TokenBucket empty(double ratePerSecond, int burst, Instant now) {
    return new TokenBucket(ratePerSecond, burst, 0, now);
  }

  /** Tokens per second. */
  public double ratePerSecond() {
    return ratePerSecond;
  }

  /** Whether a token could be taken. */
  public boolean hasToken(Instant now) {
    refill(now);
    return tokens >= 1 - ROUNDING;
  }

  /** Takes a token if there is one. */
  public boolean tryTake(Instant now) {
    if (!hasToken(now)) {
      return false;
    }
    tokens = Math.max(0, tokens - 1);
    return true;
  }

  /**
   * Takes a token that may not be there yet: what comes next waits for it longer. To be called once
   * after each {@link #tryTake} at most, so that the debt never exceeds one token.
   */
  public void borrow(Instant now) {
    refill(now);
    tokens -= 1;
  }

  /** Gives back a token that was taken and not used. */
  public void giveBack(Instant now) {
    refill(now);
    tokens = Math.min(burst, tokens + 1);
  }

  /** The instant at which {@link #hasToken} will be true, {@link Instant#MAX} if never. */
  public Instant nextToken(Instant now) {
    if (hasToken(now)) {
      return now;
    }
    if (ratePerSecond <= 0) {
      return Instant.MAX;
    }
    var seconds = Math.min((1 - tokens) / ratePerSecond, REST_SECONDS_MAX);
    return now.plusNanos((long) Math.ceil(seconds * 1e9));
  }

  private void refill(Instant now) {
    if (now.isAfter(updatedAt)) {
      var seconds = Math.min(secondsBetween(updatedAt, now), REST_SECONDS_MAX);
      tokens = Math.min(burst, tokens + seconds * ratePerSecond);
      updatedAt = now;
    }
  }

  private static double secondsBetween(Instant from, Instant to) {
    var duration = Duration.between(from, to);
    return duration.getSeconds() + duration.getNano() / 1e9;
  }
}
