package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.Read;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a controller did and said, and when. */
final class Diary {
  private final List<Happening> happenings = new ArrayList<>();

  /** What happened, and how many milliseconds after the start. */
  record Happening(long millis, Action action, String text) {}

  void note(Action action, Duration sinceStart) {
    happenings.add(new Happening(sinceStart.toMillis(), action, ActionText.of(action)));
  }

  List<Happening> happenings() {
    return List.copyOf(happenings);
  }

  /** Everything that was written or said, announcements left out. */
  List<String> texts() {
    return happenings.stream().map(Happening::text).filter(text -> !text.isEmpty()).toList();
  }

  /** When this happened, in milliseconds after the start. */
  List<Long> times(String text) {
    return happenings.stream()
        .filter(happening -> happening.text.startsWith(text))
        .map(Happening::millis)
        .toList();
  }

  /** The live reads, in words. */
  List<String> reads() {
    return all(Read.class).stream().map(Read::text).toList();
  }

  /** When they were sent, in milliseconds after the start. */
  List<Long> readTimes() {
    return happenings.stream()
        .filter(happening -> happening.action instanceof Read)
        .map(Happening::millis)
        .toList();
  }

  /** All actions of this kind. */
  <T extends Action> List<T> all(Class<T> kind) {
    return happenings.stream()
        .map(Happening::action)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  void forget() {
    happenings.clear();
  }
}
