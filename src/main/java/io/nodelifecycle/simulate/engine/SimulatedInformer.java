package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.ListBegin;
import io.nodelifecycle.core.Observation.ListEnd;
import io.nodelifecycle.core.Observation.WatchBroken;
import io.nodelifecycle.core.Observation.WatchRestored;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.PageRequest;
import io.nodelifecycle.sandbox.cluster.Watch;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.truth.ObjectReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one resource for one process as the real informer does: lists, watches from there,
 * notices breaks and silence, and says how long it heard nothing.
 */
final class SimulatedInformer {
  private static final Duration WATCHDOG = Duration.ofMillis(500);
  private static final Duration MARGIN = Duration.ofSeconds(1);
  private static final Duration BOOKMARK = Duration.ofMinutes(1);
  private static final Duration BACKOFF_MIN = Duration.ofSeconds(1);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);
  private static final int EVENTS_AT_ONCE = 2_000;

  private final Resource resource;
  private final Surroundings world;
  private final SimulatedProcess process;
  private final Duration quietLimit;
  private final Duration margin;
  private final ListQuery query;
  private final Deque<Observation> received = new ArrayDeque<>();
  private @Nullable Watch watch;
  private @Nullable Instant lastHeard;
  private Instant lastArrival;
  private Instant openedAt;
  private @Nullable Instant heardBefore;
  private Duration backoff = BACKOFF_MIN;
  private String version = "";
  private boolean isBroken;
  private boolean isSuspected;
  private long suspectedUpTo;
  private @Nullable Instant askedAbout;
  private long versionInSilence;
  private boolean isConnectionDeaf;
  private boolean isDeliveryDue;
  private int connection;

  SimulatedInformer(
      Resource resource, Surroundings world, SimulatedProcess process, Duration quietLimit) {
    this.resource = resource;
    this.world = world;
    this.process = process;
    this.quietLimit = quietLimit;
    var quarter = quietLimit.dividedBy(4);
    this.margin = quarter.compareTo(MARGIN) < 0 ? quarter : MARGIN;
    this.query = ObjectReading.query(resource);
    this.lastArrival = world.time().now();
    this.openedAt = lastArrival;
  }

  Resource resource() {
    return resource;
  }

  /** Begins with a list. */
  void start() {
    later(world.weather().travel(), this::connect);
    watchOver();
  }

  /** Does something later, unless this connection is given up before. */
  private void later(Duration later, Runnable what) {
    var number = connection;
    world
        .agenda()
        .at(
            world.time().now().plus(later),
            () -> {
              if (number == connection && !process.hasEnded()) {
                process.whenRunning(what);
              }
            });
  }

  private void connect() {
    if (world.weather().isDown()) {
      fail();
      return;
    }
    try {
      if (version.isEmpty()) {
        list();
      }
      open();
    } catch (ApiFailure expired) {
      version = "";
      fail();
    }
  }

  private void fail() {
    reportBroken();
    disconnect();
    later(backoff, this::connect);
    var doubled = backoff.multipliedBy(2);
    backoff = doubled.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : doubled;
  }

  private void list() {
    var page = world.cluster().list(query, request());
    var wall = process.clocks().wallClock();
    received.add(new ListBegin(resource));
    for (var object : page.items()) {
      process.reading().seen(resource, object, true, wall).ifPresent(received::add);
    }
    received.add(new ListEnd(resource));
    version = Long.toString(page.resourceVersion());
    if (!isBroken) {
      lastHeard = world.time().now();
    }
  }

  private PageRequest request() {
    var age = world.weather().listAge();
    var old = age.isZero() ? "" : process.history().revision(world.time().now().minus(age));
    return old.isEmpty() ? PageRequest.ALL : new PageRequest(0, "", old, "Exact");
  }

  private void open() {
    var now = world.time().now();
    watch = world.cluster().watch(query, version, this::wakeUp);
    openedAt = now;
    if (isBroken) {
      reportRestored(now);
      isSuspected = false;
    }
    heardBefore = lastHeard;
    if (!isSuspected) {
      lastHeard = now;
    }
    lastArrival = now;
    isDeliveryDue = false;
    wakeUp();
  }

  /** Something has changed; it arrives some time later, together with what happens until then. */
  private void wakeUp() {
    if (!isDeliveryDue && watch != null) {
      isDeliveryDue = true;
      later(world.weather().delivery(resource), this::deliver);
    }
  }

  private void deliver() {
    isDeliveryDue = false;
    hand();
    var open = watch;
    if (open == null || isDeaf() || !received.isEmpty()) {
      return;
    }
    try {
      var events = open.poll(EVENTS_AT_ONCE);
      version = Long.toString(open.revision());
      if (!events.isEmpty()) {
        arrived(events);
      }
    } catch (ApiFailure expired) {
      version = "";
      fail();
      return;
    }
    hand();
    if (!received.isEmpty() || open.isBehind()) {
      wakeUp();
    }
  }

  private boolean isDeaf() {
    return isConnectionDeaf || world.weather().isDeaf(resource);
  }

  private void arrived(List<WatchEvent> events) {
    var now = world.time().now();
    if (isSuspected) {
      judgeSilence(events.getFirst());
    }
    backoff = BACKOFF_MIN;
    lastHeard = now;
    lastArrival = now;
    var wall = process.clocks().wallClock();
    for (var event : events) {
      var observation =
          event.type() == WatchEvent.Type.DELETED
              ? process.reading().gone(resource, event.object())
              : process.reading().seen(resource, event.object(), false, wall);
      observation.ifPresent(received::add);
    }
  }

  /** What had happened well before a quiet watch was closed was missed by it. */
  private void judgeSilence(WatchEvent first) {
    isSuspected = false;
    if (heardBefore != null && first.object().resourceVersion() <= suspectedUpTo) {
      lastHeard = heardBefore;
      reportBroken();
      reportRestored(openedAt);
    }
  }

  /** Hands over as much as there is room for. */
  private void hand() {
    while (!received.isEmpty() && process.offer(received.peek())) {
      received.remove();
    }
    if (!received.isEmpty()) {
      later(Duration.ofMillis(1), this::deliver);
    }
  }

  private void reportBroken() {
    if (!isBroken && lastHeard != null) {
      isBroken = true;
      received.add(new WatchBroken(resource));
      hand();
    }
  }

  private void reportRestored(Instant now) {
    isBroken = false;
    if (lastHeard != null) {
      received.add(new WatchRestored(resource, Duration.between(lastHeard, now)));
      hand();
    }
  }

  private void watchOver() {
    world
        .agenda()
        .at(
            world.time().now().plus(WATCHDOG),
            () -> {
              if (!process.hasEnded()) {
                process.whenRunning(this::closeIfQuiet);
                watchOver();
              }
            });
  }

  private void closeIfQuiet() {
    var now = world.time().now();
    if (watch == null) {
      return;
    }
    var hasBookmarks = resource != Resource.LEASES && !isDeaf();
    if (hasBookmarks && Duration.between(lastArrival, now).compareTo(BOOKMARK) >= 0) {
      lastArrival = now;
      lastHeard = now;
    }
    if (lastArrival.plus(quietLimit).isBefore(now)) {
      var upTo = lastArrival.equals(askedAbout) ? versionInSilence : Long.MAX_VALUE;
      reopen(false);
      suspectedUpTo = upTo;
    } else if (!lastArrival.plus(quietLimit).minus(margin).isAfter(now)
        && !lastArrival.equals(askedAbout)) {
      askedAbout = lastArrival;
      versionInSilence = world.weather().isDown() ? Long.MAX_VALUE : world.cluster().revision();
    } else if (!isDeaf() && watch.isBehind()) {
      wakeUp();
    }
  }

  /** Closes the watch, since it is known or feared that it lacks something, and opens another. */
  void reopen(boolean isFromList) {
    if (watch != null) {
      lastHeard = lastArrival;
      isSuspected = !isFromList;
      suspectedUpTo = Long.MAX_VALUE;
      version = isFromList ? "" : version;
      disconnect();
      later(world.weather().travel(), this::connect);
    }
  }

  /**
   * The connection breaks.
   *
   * @param isFromList what was missed is not known any more: everything has to be listed again
   */
  void cut(boolean isFromList) {
    if (watch != null) {
      version = isFromList ? "" : version;
      fail();
    }
  }

  /** From now on this connection delivers nothing, without breaking. */
  void deafen() {
    isConnectionDeaf = watch != null;
  }

  /** What has arrived and was not handed over yet still is: it was read before the break. */
  private void disconnect() {
    connection++;
    isDeliveryDue = false;
    isConnectionDeaf = false;
    if (watch != null) {
      watch.close();
      watch = null;
    }
    if (!received.isEmpty()) {
      later(Duration.ZERO, this::hand);
    }
  }

  /** The process has ended. */
  void stop() {
    received.clear();
    disconnect();
  }
}
