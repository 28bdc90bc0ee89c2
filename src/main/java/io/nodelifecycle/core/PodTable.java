package io.nodelifecycle.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pods by uid. The uid is read where it is kept anyway, so that a pod costs a reference and a half
 * here: of 150,000 of them each byte counts.
 *
 * <p>A hash table with linear probing; taking one out moves those behind it up, so that nothing is
 * left of it.
 */
final class PodTable {
  private static final int SLOTS_MIN = 16;

  private @Nullable PodEntry[] slots = new PodEntry[SLOTS_MIN];
  private int size;

  /** The pod of this uid, null if there is none. */
  @Nullable PodEntry find(String uid) {
    return slots[slotOf(uid)];
  }

  /** Adds a pod in the place of the one with its uid, if there is one. */
  void put(PodEntry entry) {
    if (3 * (size + 1) > 2 * slots.length) {
      resize(2 * slots.length);
    }
    var slot = slotOf(uid(entry));
    size += slots[slot] == null ? 1 : 0;
    slots[slot] = entry;
  }

  /** Takes out the pod of this uid, if it is there. */
  void remove(String uid) {
    var hole = slotOf(uid);
    if (slots[hole] == null) {
      return;
    }
    for (var slot = next(hole); ; slot = next(slot)) {
      var entry = slots[slot];
      if (entry == null) {
        break;
      }
      if (mayMove(homeOf(uid(entry)), hole, slot)) {
        slots[hole] = entry;
        hole = slot;
      }
    }
    slots[hole] = null;
    size--;
    if (slots.length > SLOTS_MIN && 6 * size < slots.length) {
      resize(slots.length / 2);
    }
  }

  /** Whether what belongs at home is found as well at the hole as at the slot behind it. */
  private static boolean mayMove(int home, int hole, int slot) {
    return hole <= slot ? home <= hole || home > slot : home <= hole && home > slot;
  }

  /** How many there are. */
  int size() {
    return size;
  }

  /** Shows all of them, in the same order for the same uids that came in the same order. */
  void forEach(Consumer<PodEntry> consumer) {
    for (var entry : slots) {
      if (entry != null) {
        consumer.accept(entry);
      }
    }
  }

  private void resize(int length) {
    var before = slots;
    slots = new PodEntry[length];
    for (var entry : before) {
      if (entry != null) {
        slots[slotOf(uid(entry))] = entry;
      }
    }
  }

  /** Where the pod of this uid is, or would be. */
  private int slotOf(String uid) {
    var slot = homeOf(uid);
    for (var entry = slots[slot]; entry != null && !uid(entry).equals(uid); entry = slots[slot]) {
      slot = next(slot);
    }
    return slot;
  }

  private int homeOf(String uid) {
    var hash = uid.hashCode();
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }

  private static String uid(PodEntry entry) {
    return entry.pod.key().uid();
  }
}
