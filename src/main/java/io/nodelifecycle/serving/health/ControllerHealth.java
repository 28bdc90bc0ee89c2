package io.nodelifecycle.serving.health;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Announcement;
import io.nodelifecycle.core.foreign.ForeignFinding;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.runtime.AnnouncementSink;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What is known of the controller's health. Thread-safe. */
public final class ControllerHealth implements AnnouncementSink, RequestObserver {
  private static final int SUCCESS_MIN = 200;
  private static final int SUCCESS_MAX = 299;

  private final Set<Resource> followed;
  private final Duration grace;
  private final TimeSource time;
  private final Instant started;
  private final AtomicReference<Contact> contact;
  private final List<HealthCheck> more = new CopyOnWriteArrayList<>();
  private volatile Supplier<Optional<Instant>> lastStep = Optional::empty;
  private volatile Supplier<Map<Resource, Instant>> answers = Map::of;
  private volatile String role = "alone";
  private volatile boolean isSynced;
  private volatile Optional<Instant> behindSince = Optional.empty();
  private volatile Optional<Judgement.FailedRead> failedRead = Optional.empty();
  private volatile Optional<ForeignFinding> foreign = Optional.empty();

  /**
   * Of a controller that is about to begin.
   *
   * @param followed what it watches
   * @param grace how long the watch of leases may be behind
   */
  public ControllerHealth(Set<Resource> followed, Duration grace, TimeSource time) {
    this.followed = Set.copyOf(followed);
    this.grace = grace;
    this.time = time;
    this.started = time.now();
    this.contact = new AtomicReference<>(Contact.first(started));
  }

  /** Says where to ask, on any thread, when the loop last said how it is doing. */
  public void readLastStepFrom(Supplier<Optional<Instant>> source) {
    lastStep = source;
  }

  /**
   * Says where to ask, on any thread, when a list or watch of each resource was last answered or
   * delivered something; of those that were listed at least once.
   */
  public void readAnswersFrom(Supplier<Map<Resource, Instant>> source) {
    answers = source;
  }

  /** Takes part in an election: whether it leads. */
  public void leads(boolean isLeader) {
    role = isLeader ? "leader" : "standby";
  }

  /** One more thing that readiness consists of; it may only warn. */
  public void alsoReady(HealthCheck check) {
    more.add(check);
  }

  @Override
  public void announce(Announcement announcement) {
    switch (announcement) {
      case Action.Synced _ -> isSynced = true;
      case Action.LeaseWatchBehind(var seconds) ->
          behindSince = Optional.of(time.now().minusSeconds(seconds));
      case Action.LeaseWatchCaughtUp _ -> behindSince = Optional.empty();
      case Action.LiveReadFailed(var read, var reason, var retry) when isOfLeases(read) ->
          failedRead = Optional.of(new Judgement.FailedRead(reason, time.now().plusSeconds(retry)));
      case Action.LiveReadRecovered(var read) when isOfLeases(read) ->
          failedRead = Optional.empty();
      case Action.ForeignWriteSeen(var finding) -> foreign = Optional.of(finding);
      default -> {
        // Says nothing about health.
      }
    }
  }

  private static boolean isOfLeases(Action.Read read) {
    return read instanceof Action.ReadLease || read instanceof Action.ReadLeases;
  }

  @Override
  public void answered(int code, String method, String host, Duration duration) {
    if (code >= SUCCESS_MIN && code <= SUCCESS_MAX) {
      heard(time.now());
    }
  }

  private void heard(Instant at) {
    contact.updateAndGet(before -> before.heard(at));
  }

  /** What liveness consists of. */
  public List<HealthCheck> liveness() {
    var checks = new ArrayList<HealthCheck>();
    checks.add(new HealthCheck("control-loop", this::loop));
    for (var resource : inOrder()) {
      checks.add(new HealthCheck("watch-" + resource.plural(), () -> watch(resource)));
    }
    checks.add(new HealthCheck("leases-heard", this::leases));
    return checks;
  }

  /** What readiness consists of. */
  public List<HealthCheck> readiness() {
    var checks = new ArrayList<HealthCheck>();
    checks.add(new HealthCheck("caches-synced", this::synced));
    checks.add(new HealthCheck("live-lease-reads", this::liveReads));
    for (var resource : inOrder()) {
      checks.add(new HealthCheck("watch-" + resource.plural(), () -> quiet(resource)));
    }
    checks.add(new HealthCheck("foreign-controller", this::foreign));
    checks.addAll(more);
    checks.add(new HealthCheck("leadership", () -> new Verdict.Passed(role)));
    return checks;
  }

  private List<Resource> inOrder() {
    return followed.stream().sorted().toList();
  }

  private Verdict loop() {
    return Judgement.loop(lastStep.get(), started, time.now());
  }

  private Verdict watch(Resource resource) {
    var latest = answers.get();
    latest.values().forEach(this::heard);
    return Judgement.watch(Optional.ofNullable(latest.get(resource)), contact.get(), time.now());
  }

  private Verdict quiet(Resource resource) {
    return Judgement.quiet(Optional.ofNullable(answers.get().get(resource)), time.now());
  }

  private Verdict leases() {
    return Judgement.leases(behindSince, grace, time.now());
  }

  private Verdict synced() {
    var unlisted = EnumSet.noneOf(Resource.class);
    unlisted.addAll(followed);
    unlisted.removeAll(answers.get().keySet());
    return Judgement.synced(isSynced, unlisted);
  }

  private Verdict liveReads() {
    return Judgement.liveReads(failedRead, time.now());
  }

  private Verdict foreign() {
    return Judgement.foreign(foreign, time.now());
  }

  /** A check of the certificate that the secure port shows; it only warns. */
  public HealthCheck certificate(Supplier<Optional<String>> problem, Supplier<Instant> notAfter) {
    return new HealthCheck(
        "serving-certificate",
        () -> Judgement.certificate(problem.get(), notAfter.get(), time.wallClock()));
  }

  /** A check of the file that names authorities of client certificates; it only warns. */
  public HealthCheck clientAuthorities(Supplier<Optional<String>> problem) {
    return new HealthCheck("client-ca-file", () -> Judgement.files(problem.get()));
  }
}
