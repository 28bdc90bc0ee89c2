package io.nodelifecycle.kubernetes.mapping;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Gives equal values one instance, for values that repeat in many objects. It remembers values up
 * to a total size: what was not met for a while is forgotten, so that names of nodes long gone are
 * not kept. Not thread-safe.
 *
 * @param <T> an immutable type
 */
public final class Interner<T> {
  private final int generationMax;
  private final ToIntFunction<T> size;
  private Map<T, T> young = new HashMap<>();
  private Map<T, T> old = new HashMap<>();
  private int youngSize;

  /**
   * Remembers nothing yet.
   *
   * @param generationMax how much it remembers: at most twice that, and the latest up to that
   * @param size how much a value is; a larger one than {@code generationMax} is not remembered
   */
  public Interner(int generationMax, ToIntFunction<T> size) {
    this.generationMax = generationMax;
    this.size = size;
  }

  /** The instance to use for this value. */
  public T intern(T value) {
    var known = young.get(value);
    if (known != null) {
      return known;
    }
    var added = size.applyAsInt(value);
    if (added > generationMax) {
      return value;
    }
    if (youngSize > generationMax - added) {
      old = young;
      young = new HashMap<>();
      youngSize = 0;
    }
    youngSize += added;
    var older = old.remove(value);
    var kept = older != null ? older : value;
    young.put(kept, kept);
    return kept;
  }
}
