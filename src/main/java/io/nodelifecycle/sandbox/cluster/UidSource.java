package io.nodelifecycle.sandbox.cluster;

import java.util.SplittableRandom;
import java.util.UUID;

/** Uids and name suffixes that depend on nothing but a seed. */
final class UidSource {
  private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_LENGTH = 5;

  private final SplittableRandom random;

  UidSource(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A version 4 UUID. */
  String uid() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** What is appended to a {@code generateName}. */
  String suffix() {
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      suffix.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
    }
    return suffix.toString();
  }
}
