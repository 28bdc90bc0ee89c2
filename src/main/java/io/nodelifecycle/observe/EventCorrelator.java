package io.nodelifecycle.observe;

import io.nodelifecycle.core.Action.EventSource;
import io.nodelifecycle.core.Action.EventSubject;
import io.nodelifecycle.core.Action.EventSubject.OfElection;
import io.nodelifecycle.core.Action.EventSubject.OfNode;
import io.nodelifecycle.core.Action.EventSubject.OfPod;
import io.nodelifecycle.core.Action.SendEvent;
import io.nodelifecycle.runtime.EventFilter;
import io.nodelifecycle.runtime.EventPost;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what becomes of an event before it is written, as Kubernetes' own event recorder does:
 * equal events raise one count, many similar ones become one, and a flood about one object is
 * dropped. All memory is bounded. Not thread-safe.
 */
public final class EventCorrelator implements EventFilter {
  /** So many objects, events and groups of similar events are remembered, the latest of each. */
  static final int REMEMBERED_MAX = 4096;

  /** The tenth event that differs from others only in its message is combined with later ones. */
  static final int SIMILAR_MAX = 10;

  /** What was not seen for that long is forgotten. */
  static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

  /** So many events about one object may come at once. */
  static final int BURST = 25;

  /** How long it takes until one more may come. */
  static final Duration REFILL = Duration.ofMinutes(5);

  private static final String COMBINED = "(combined from similar events): ";
  private static final int NAME_MAX = 253;

  private final Map<Group, Similar> groups = new Remembered<>();
  private final Map<SendEvent, Written> written = new Remembered<>();
  private final Map<Origin, Allowance> allowances = new Remembered<>();
  private long lastSuffix;

  /** Remembers nothing yet. */
  public EventCorrelator() {}

  /** Events that differ in nothing but their message. */
  private record Group(EventSubject about, EventSource source, boolean isWarning, String reason) {
    static Group of(SendEvent event) {
      return new Group(event.about(), event.source(), event.isWarning(), event.reason());
    }
  }

  /** One source's events about one object share an allowance. */
  private record Origin(EventSubject about, EventSource source) {}

  private record Similar(Set<String> messages, Instant lastSeen) {}

  private record Written(String name, int count, Instant firstTimestamp, Instant lastSeen) {}

  private record Allowance(double tokens, Instant countedAt) {}

  @Override
  public Optional<EventPost> accept(SendEvent event, Instant wallClock, Instant now) {
    var combined = combine(event, now);
    var post = count(combined, wallClock, now);
    return isAllowed(new Origin(event.about(), event.source()), now)
        ? Optional.of(post)
        : Optional.empty();
  }

  private SendEvent combine(SendEvent event, Instant now) {
    var group = Group.of(event);
    var known = groups.get(group);
    Set<String> messages =
        known == null || isForgotten(known.lastSeen(), now) ? new HashSet<>() : known.messages();
    messages.add(event.message());
    groups.put(group, new Similar(messages, now));
    if (messages.size() < SIMILAR_MAX) {
      return event;
    }
    messages.remove(messages.iterator().next());
    return new SendEvent(
        event.about(),
        event.isWarning(),
        event.reason(),
        COMBINED + event.message(),
        event.source());
  }

  /** Combined events are equal whatever their message. */
  private EventPost count(SendEvent event, Instant wallClock, Instant now) {
    var key = event.message().startsWith(COMBINED) ? withoutMessage(event) : event;
    var known = written.get(key);
    var next =
        known != null && !isForgotten(known.lastSeen(), now)
            ? new Written(known.name(), known.count() + 1, known.firstTimestamp(), now)
            : new Written(name(event.about(), wallClock), 1, wallClock, now);
    written.put(key, next);
    var isRepeat = next.count() > 1;
    return new EventPost(
        event, next.name(), next.count(), next.firstTimestamp(), wallClock, isRepeat);
  }

  private static SendEvent withoutMessage(SendEvent event) {
    return new SendEvent(
        event.about(), event.isWarning(), event.reason(), COMBINED, event.source());
  }

  private boolean isAllowed(Origin origin, Instant now) {
    var known = allowances.get(origin);
    var tokens = known == null ? BURST : refilled(known, now);
    var isAllowed = tokens >= 1;
    allowances.put(origin, new Allowance(isAllowed ? tokens - 1 : tokens, now));
    return isAllowed;
  }

  private static double refilled(Allowance known, Instant now) {
    var passed = Duration.between(known.countedAt(), now).toMillis();
    return Math.min(BURST, known.tokens() + (double) passed / REFILL.toMillis());
  }

  private static boolean isForgotten(Instant lastSeen, Instant now) {
    return now.isAfter(lastSeen.plus(FORGOTTEN_AFTER));
  }

  /**
   * The object's name and the time in hexadecimal, as every recorder does; never the same twice.
   */
  private String name(EventSubject about, Instant wallClock) {
    var object =
        switch (about) {
          case OfNode(var node) -> node.name();
          case OfPod(var pod) -> pod.name();
          case OfElection(var lease) -> lease.name();
        };
    var nanos = wallClock.getEpochSecond() * 1_000_000_000 + wallClock.getNano();
    lastSuffix = Math.max(lastSuffix + 1, nanos);
    var suffix = "." + Long.toHexString(lastSuffix);
    var valid = object.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
    var start = valid.replaceAll("^[.-]+", "");
    var cut = start.substring(0, Math.min(start.length(), NAME_MAX - suffix.length()));
    return (cut.isEmpty() ? "event" : cut.replaceAll("[.-]+$", "")) + suffix;
  }

  /** Forgets what was used longest ago. */
  private static final class Remembered<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;

    Remembered() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > REMEMBERED_MAX;
    }
  }
}
