package io.nodelifecycle.kubernetes.mapping;

import java.util.HashMap;
import java.util.Map;

/**
 * Gives equal values one instance, for values that repeat in many objects. It remembers a bounded
 * number of them: what was not met for a while is forgotten, so that names of nodes long gone are
 * not kept. Not thread-safe.
 *
 * @param <T> an immutable type
 */
public final class Interner<T> {
  private final int generationMax;
  private Map<T, T> young = new HashMap<>();
  private Map<T, T> old = new HashMap<>();

  /** Remembers at most twice {@code generationMax} values, and at least that many of the latest. */
  public Interner(int generationMax) {
    this.generationMax = generationMax;
  }

  /** The instance to use for this value. */
  public T intern(T value) {
    var known = young.get(value);
    if (known != null) {
      return known;
    }
    if (young.size() >= generationMax) {
      old = young;
      young = new HashMap<>();
    }
    var older = old.remove(value);
    var kept = older != null ? older : value;
    young.put(kept, kept);
    return kept;
  }
}
