package io.nodelifecycle.sandbox.cluster;

import org.jspecify.annotations.Nullable;

/**
 * The latest changes of one resource, oldest first, in a ring of bounded length. A change is found
 * by its position, which counts from the beginning of time, or by its revision.
 */
final class ChangeLog {
  private final int limit;
  private @Nullable Change[] ring;
  private long first;
  private long end;
  private long compacted;

  /**
   * @param limit the largest number of changes kept
   * @param revision the version of the cluster at which it begins
   */
  ChangeLog(int limit, long revision) {
    if (limit < 1) {
      throw new IllegalArgumentException("the history must keep at least one change: " + limit);
    }
    this.limit = limit;
    this.ring = new Change[Math.min(limit, 64)];
    this.compacted = revision;
  }

  void add(Change change) {
    if (size() == limit) {
      dropFirst();
    }
    if (size() == ring.length) {
      grow();
    }
    ring[slot(end)] = change;
    end++;
  }

  /** Forgets every change up to and including a revision. */
  void compact(long revision) {
    while (size() > 0 && at(first).revision() <= revision) {
      dropFirst();
    }
    compacted = Math.max(compacted, revision);
  }

  /** The latest revision whose change may be forgotten: what came after it is all here. */
  long compacted() {
    return compacted;
  }

  /** The position after the last change. */
  long end() {
    return end;
  }

  /** Whether all changes from a position on are still here. */
  boolean reaches(long position) {
    return position >= first;
  }

  /** The position of the first change after a revision that is not compacted. */
  long positionAfter(long revision) {
    long low = first;
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (at(middle).revision() <= revision) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  Change at(long position) {
    Change change = position < first || position >= end ? null : ring[slot(position)];
    if (change == null) {
      throw new IllegalStateException(
          "position " + position + " is outside " + first + " to " + end);
    }
    return change;
  }

  private int size() {
    return (int) (end - first);
  }

  private void dropFirst() {
    compacted = Math.max(compacted, at(first).revision());
    ring[slot(first)] = null;
    first++;
  }

  private void grow() {
    @Nullable Change[] larger = new Change[Math.min(limit, ring.length * 2)];
    for (long position = first; position < end; position++) {
      larger[(int) (position % larger.length)] = at(position);
    }
    ring = larger;
  }

  private int slot(long position) {
    return (int) (position % ring.length);
  }
}
