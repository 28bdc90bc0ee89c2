package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.core.Observation.WatchBroken;
import io.nodelifecycle.core.Observation.WatchRestored;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.ResourceVersion;
import io.nodelifecycle.core.model.TimeLine;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.http.BodyStream;
import io.nodelifecycle.kubernetes.mapping.ResourceMapper;
import io.nodelifecycle.kubernetes.mapping.SharedValues;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Follows one resource: lists it, watches it from there, opens the watch anew where it ended, and
 * lists again where that is not possible. All but {@link #closeIfQuiet} and {@link #close} belongs
 * to the thread that runs it.
 */
final class Informer implements Runnable {
  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(10);

  /** For a watch that replaces a quiet one: nothing may be concluded while that is not sure. */
  private static final Duration SUSPECT_HEAD_TIMEOUT = Duration.ofSeconds(2);

  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Duration LONG_LIVED = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(30);

  /** Renewals come all the time, and each awakening of a thread costs more than reading one. */
  private static final Duration GATHERING = Duration.ofMillis(100);

  private static final int WATCH_SECONDS_MIN = 300;
  private static final int WATCH_SECONDS_MAX = 600;

  private final ResourcePath path;
  private final Feed feed;
  private final Duration quietLimit;
  private final FailureLog log;
  private final Backoff backoff;
  private final SharedValues values;

  private volatile boolean isClosed;
  private volatile @Nullable BodyStream closedAsQuiet;
  private volatile @Nullable BodyStream open;
  private volatile boolean isListWanted;

  /** Where to watch from; empty if a list is needed. */
  private String resourceVersion = "";

  /** Where a watch was unreadable: what is unreadable there twice is not watched a third time. */
  private String unreadableAt = "";

  /** When something was last heard of this resource; null before the first list. */
  private volatile @Nullable Instant lastHeard;

  /** When the API server last accepted a list or watch; null before the first list. */
  private volatile @Nullable Instant lastAccepted;

  private boolean isBroken;
  private boolean isSuspected;

  /** The silence that was asked about: since when the watch had been waiting. */
  private volatile @Nullable Instant askedAbout;

  /** What the cluster's version was in that silence; empty as long as it is not known. */
  private volatile String versionInSilence = "";

  /**
   * When the cluster's version was last heard: until then the API server could read what it stores,
   * and so could be told of it.
   */
  private volatile Instant versionHeardAt = Instant.MIN;

  /** Whether nobody said, in the silence in which the watch was closed, what the cluster is at. */
  private volatile boolean isClosedUnanswered;

  /**
   * Whether the watch that is open, or the next one, may be one of an API server that can hear
   * nobody itself. It counts as broken until it delivers something or the version is known.
   */
  private boolean isUnsure;

  /** What is not newer had happened well before a quiet watch was closed; empty: everything. */
  private volatile String suspectedUpTo = "";

  Informer(Resource resource, Feed feed, Duration quietLimit) {
    path = ResourcePath.of(resource);
    this.feed = feed;
    values = new SharedValues(feed.hasPodLabels());
    this.quietLimit = quietLimit;
    log = new FailureLog(resource, feed.time());
    backoff = new Backoff(feed.random());
  }

  Resource resource() {
    return path.resource();
  }

  /** Whether something arrives all the time, and none of it is urgent. */
  boolean hasSteadyTraffic() {
    return path.resource() == Resource.LEASES;
  }

  /** Follows the resource until it is closed, whatever happens. */
  @Override
  public void run() {
    while (!isClosed) {
      try {
        step();
      } catch (InterruptedException _) {
        // Closing interrupts; nothing else does, and then nothing is lost by going on.
      } catch (Throwable e) { // an informer that dies is a controller that goes blind
        giveWay(e);
      }
    }
  }

  private void step() throws InterruptedException {
    var verb = resourceVersion.isEmpty() ? "list" : "watch";
    try {
      if (resourceVersion.isEmpty()) {
        resourceVersion = new ListReader(path, feed, values, log).list();
        isUnsure = false;
        lastAccepted = feed.time().now();
        if (!isBroken) {
          lastHeard = feed.time().now();
        }
      }
      verb = "watch";
      watch();
    } catch (ApiFailure e) {
      if (!isClosed) {
        fail(verb, e);
      }
    }
  }

  private void giveWay(Throwable error) {
    try {
      fail("follow", ApiFailure.unanswered("unexpected " + error));
    } catch (InterruptedException _) {
      // Closing.
    }
  }

  private void fail(String verb, ApiFailure failure) throws InterruptedException {
    if (failure.isExpired()) {
      resourceVersion = "";
    }
    reportBroken();
    var pause = backoff.next();
    var wanted = failure.retryAfter();
    if (wanted.compareTo(pause) > 0) {
      pause = wanted.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wanted;
    }
    log.retried(path.explain(verb, failure), pause);
    feed.time().sleep(pause);
  }

  private void watch() throws ApiFailure, InterruptedException {
    var seconds = feed.random().nextInt(WATCH_SECONDS_MIN, WATCH_SECONDS_MAX + 1);
    var asked = feed.time().now();
    var timeout = isSuspected && !isBroken ? SUSPECT_HEAD_TIMEOUT : HEAD_TIMEOUT;
    try (var stream =
        feed.transport().send(ApiRequest.get(path.watch(resourceVersion, seconds), timeout))) {
      open = stream;
      if (isClosed) {
        return;
      }
      opened(asked);
      if (hasSteadyTraffic()) {
        stream.gather(GATHERING);
      }
      readEvents(stream);
    } finally {
      open = null;
    }
  }

  /**
   * The watch was accepted. If nothing could be heard for a while before, that is reported first.
   */
  private void opened(Instant asked) throws InterruptedException {
    var now = feed.time().now();
    lastAccepted = now;
    if (lastHeard != null && Duration.between(asked, now).compareTo(AT_ONCE) > 0) {
      reportBroken();
    }
    if (isBroken && !isUnsure) {
      reportRestored(now);
      isSuspected = false;
    }
  }

  private void readEvents(BodyStream stream) throws ApiFailure, InterruptedException {
    var openedAt = feed.time().now();
    var heardBefore = lastHeard;
    lastHeard = isSuspected || isUnsure ? lastHeard : openedAt;
    var count = 0;
    try {
      var reader = new WatchReader(path, values, stream);
      while (reader.next()) {
        if (isUnsure) {
          hearAgain(reader);
        } else if (isSuspected) {
          judgeSilence(reader, openedAt, heardBefore);
        }
        lastHeard = isUnsure ? lastHeard : stream.lastArrival();
        accept(reader, stream.readArrival());
        count++;
        backoff.reset();
      }
    } catch (JacksonException e) {
      broke(e, stream);
      return;
    } finally {
      isSuspected = isSuspected && closedAsQuiet == stream;
    }
    lastHeard = isUnsure ? lastHeard : feed.time().now();
    if (count == 0 && Duration.between(openedAt, lastHeard).compareTo(LONG_LIVED) < 0) {
      feed.time().sleep(backoff.next());
    }
  }

  /** A bookmark needs nothing but what the API server has in its memory. */
  private void hearAgain(WatchReader reader) throws InterruptedException {
    if (!reader.type().equals("BOOKMARK")) {
      isUnsure = false;
      isSuspected = false;
      reportRestored(feed.time().now());
    }
  }

  /**
   * The first thing that a watch delivers which replaced a quiet one. What had happened well before
   * that one was closed was missed by it; what happened later proves nothing, however soon it
   * comes.
   */
  private void judgeSilence(WatchReader reader, Instant openedAt, @Nullable Instant heardBefore)
      throws InterruptedException {
    isSuspected = false;
    var isBacklog =
        !reader.type().equals("BOOKMARK")
            && !ResourceVersion.isOlder(suspectedUpTo, reader.object().resourceVersion());
    if (isBacklog && heardBefore != null) {
      lastHeard = heardBefore;
      reportBroken();
      log.deaf(Duration.between(heardBefore, openedAt));
      reportRestored(openedAt);
    }
  }

  private void accept(WatchReader reader, Instant arrival) throws ApiFailure, InterruptedException {
    var object = reader.object();
    switch (reader.type()) {
      case "ADDED", "MODIFIED" -> acceptObject(object, false, arrival);
      case "DELETED" -> acceptObject(object, true, arrival);
      case "BOOKMARK" -> advance(object);
      case "ERROR" -> throw reader.error();
      default -> log.skipped("an event", "its type is unknown: " + reader.type());
    }
  }

  private void acceptObject(ResourceMapper object, boolean isGone, Instant arrival)
      throws InterruptedException {
    var problem = object.problem();
    if (problem.isPresent()) {
      log.skipped(object.displayName(), problem.get());
    } else {
      var observation = isGone ? object.gone() : object.seen(false, feed.time().wallClock());
      if (observation.isPresent()) {
        feed.sink().put(observation.get(), arrival);
      }
    }
    advance(object);
  }

  private void advance(ResourceMapper object) {
    if (!object.resourceVersion().isEmpty()) {
      resourceVersion = object.resourceVersion();
    }
  }

  private void broke(JacksonException error, BodyStream stream)
      throws ApiFailure, InterruptedException {
    if (closedAsQuiet == stream) {
      log.quiet(Duration.between(stream.lastArrival(), feed.time().now()));
      lastHeard = isUnsure ? lastHeard : stream.lastArrival();
      if (ResourceVersion.isOlder(suspectedUpTo, resourceVersion)) {
        // It was read after the last event: versions went back, and a watch from the future is
        // open and delivers nothing until they are there again.
        log.wentBack(resourceVersion, suspectedUpTo);
        reportBroken();
        isListWanted = true;
      }
      isSuspected = !isListWanted;
      isUnsure = isClosedUnanswered && !isListWanted;
      if (isUnsure) {
        log.unanswered();
        reportBroken();
      }
      if (isListWanted) {
        isListWanted = false;
        resourceVersion = "";
      }
      return;
    }
    if (StreamFailures.isTooLarge(error)) {
      resourceVersion = "";
    } else if (!StreamFailures.isBrokenConnection(error)) {
      var at = resourceVersion;
      resourceVersion = at.equals(unreadableAt) ? "" : at;
      unreadableAt = at;
    }
    throw StreamFailures.of(error, feed.transport());
  }

  private void reportBroken() throws InterruptedException {
    if (!isBroken && lastHeard != null) {
      isBroken = true;
      feed.sink().put(new WatchBroken(path.resource()));
    }
  }

  private void reportRestored(Instant now) throws InterruptedException {
    isBroken = false;
    if (lastHeard != null) {
      var gap = Duration.between(lastHeard, now);
      log.restored(gap);
      feed.sink().put(new WatchRestored(path.resource(), gap));
    }
  }

  /** When something was last heard of this resource; empty before the first list. */
  Optional<Instant> lastHeard() {
    return Optional.ofNullable(lastHeard);
  }

  /**
   * When the API server last accepted a list or watch of this resource, or delivered something;
   * empty before the first list. A watch of what never changes is heard of only so.
   */
  Optional<Instant> lastAnswered() {
    var accepted = lastAccepted;
    var heard = lastHeard;
    return accepted == null || heard == null
        ? Optional.ofNullable(accepted)
        : Optional.of(TimeLine.later(accepted, heard));
  }

  /** Whether the watch is open and waits for something to arrive. */
  boolean isWaiting() {
    var stream = open;
    return stream != null && stream.waitingSince().isPresent();
  }

  /**
   * Closes the watch if nothing was heard of it for too long, and says so; for the watchdog.
   * Shortly before, the cluster's version is asked for: what the watch has not delivered of it when
   * it is closed, it was deaf for.
   */
  boolean closeIfQuiet(Instant now) {
    var stream = open;
    if (stream == null) {
      return false;
    }
    var waitingSince = stream.waitingSince();
    if (waitingSince.isEmpty()) {
      return false;
    }
    var since = waitingSince.get();
    if (!since.plus(quietLimit).isBefore(now)) {
      if (!since.plus(quietLimit).minus(margin()).isAfter(now)) {
        askAbout(since);
      }
      return false;
    }
    suspectedUpTo = since.equals(askedAbout) ? versionInSilence : "";
    isClosedUnanswered = versionHeardAt.isBefore(since);
    closedAsQuiet = stream;
    stream.close();
    return true;
  }

  /** How long what has happened may take to arrive. */
  private Duration margin() {
    var quarter = quietLimit.dividedBy(4);
    return quarter.compareTo(AT_ONCE) < 0 ? quarter : AT_ONCE;
  }

  private void askAbout(Instant silence) {
    if (silence.equals(askedAbout)) {
      return;
    }
    versionInSilence = "";
    askedAbout = silence;
    var _ = Thread.ofVirtual().name("informer-version").start(() -> ask(silence));
  }

  private void ask(Instant silence) {
    try {
      var version = LatestVersion.read(path, feed);
      if (!version.isEmpty()) {
        versionHeardAt = feed.time().now();
      }
      if (silence.equals(askedAbout)) {
        versionInSilence = version;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it is known what the cluster's version was in the silence that goes on. */
  boolean isVersionKnown() {
    return !versionInSilence.isEmpty();
  }

  /**
   * Closes the watch, since it is known that it lacks something; the next one shows whether it was
   * deaf. Nothing happens if none is open.
   *
   * @param isFromList everything is listed before the next watch is opened
   */
  void reopen(boolean isFromList) {
    var stream = open;
    if (stream != null) {
      isListWanted = isFromList;
      suspectedUpTo = "";
      isClosedUnanswered = false;
      closedAsQuiet = stream;
      stream.close();
    }
  }

  /** Ends {@link #run}, whose thread must be interrupted as well. */
  void close() {
    isClosed = true;
    var stream = open;
    if (stream != null) {
      stream.close();
    }
  }
}
