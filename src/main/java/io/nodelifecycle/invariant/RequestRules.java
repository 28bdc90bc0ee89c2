package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.NodeKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who may send requests, one at a time to an object, and how soon after a failure. */
final class RequestRules {
  private static final Duration WAIT_MAX = Duration.ofMinutes(5);
  private static final int FAILURES_MAX = 100_000;

  private final String process;
  private final CorePolicy policy;
  private final ProcessView view;
  private final Reporter reporter;
  private final Map<Object, Write> underWay = new HashMap<>();
  private final Map<Attempted, Failure> failures = new LinkedHashMap<>();
  private Instant leadsUntil = Instant.MIN;

  RequestRules(String process, ProcessView view, Reporter reporter) {
    this.process = process;
    this.policy = view.policy;
    this.view = view;
    this.reporter = reporter;
  }

  /** What failed: an object and a kind of write, or a read. */
  private record Attempted(Object object, Object kind) {}

  /**
   * Failures in a row.
   *
   * @param lostWith the version with which a race was lost, null if it failed otherwise
   */
  private record Failure(int times, Instant notBefore, @Nullable String lostWith) {}

  void leads(Instant until) {
    leadsUntil = until;
  }

  /** A node is let out of its zone's queue. */
  void lets(NodeKey node, Instant now) {
    checkLeads(() -> "lets " + node + " out", now);
  }

  private void checkLeads(Supplier<String> what, Instant now) {
    reporter.check(
        now.isBefore(leadsUntil),
        Rule.LEADERSHIP,
        process,
        now,
        () -> what.get() + " without leading");
  }

  void sent(Request request, Instant now) {
    checkLeads(() -> "sends " + request.text(), now);
    switch (request) {
      case Write write -> sent(write, now);
      case Read read -> sent(read, now);
    }
  }

  private void sent(Write write, Instant now) {
    var other = underWay.put(Subjects.object(write), write);
    reporter.check(
        other == null,
        Rule.ONE_WRITE,
        Subjects.object(write),
        now,
        () -> "sent: " + write.kind() + ", under way: " + (other == null ? "" : other.kind()));
    checkSwitch(write, now);
    checkVersion(write, now);
    var failure = failures.get(new Attempted(Subjects.object(write), write.kind()));
    if (failure != null && write.attempt() > 0) {
      var lost = failure.lostWith;
      var isNewer = lost != null && !lost.equals(version(write));
      checkWait(isNewer, failure, write, now);
    }
  }

  private void checkWait(boolean isFree, Failure failure, Request request, Instant now) {
    reporter.check(
        isFree || !now.isBefore(failure.notBefore),
        Rule.BACKOFF,
        request.text(),
        now,
        () ->
            "tried again %s before it should after %d failures"
                .formatted(Moments.between(now, failure.notBefore), failure.times));
  }

  private void checkSwitch(Write write, Instant now) {
    var isOn =
        switch (write) {
          case Action.PatchNodeStatus _,
              Action.PatchNodeTaints _,
              Action.PatchNodeLabels _,
              Action.MarkPodNotReady _,
              Action.MarkNodeLost _ ->
              policy.hasNodeLifecycle();
          case Action.MarkDisruptionTarget _ ->
              policy.hasTaintEviction() && policy.eviction().hasDisruptionCondition();
          case Action.DeletePod delete ->
              delete.isByTaints() ? policy.hasTaintEviction() : policy.hasNodeLifecycle();
        };
    reporter.check(isOn, Rule.SWITCHED_OFF, write.text(), now, () -> "sent, its controller is off");
  }

  private void checkVersion(Write write, Instant now) {
    var sent = Subjects.version(write);
    if (!sent.isEmpty()) {
      var known = version(write);
      reporter.check(
          known.isEmpty() || known.equals(sent),
          Rule.JUDGED_VERSION,
          write.text(),
          now,
          () -> "sent for version " + sent + ", the latest known is " + known);
    }
  }

  /** The latest version of the object that the process knows, empty if it knows none. */
  private String version(Write write) {
    var node = Subjects.node(write);
    if (node != null) {
      var seen = view.node(node);
      return seen == null ? "" : seen.node.resourceVersion();
    }
    var pod = Subjects.pod(write);
    var seen = pod == null ? null : view.pod(pod);
    return seen == null ? "" : seen.pod.resourceVersion();
  }

  private void sent(Read read, Instant now) {
    var failure = failures.get(attempted(read));
    if (failure != null) {
      checkWait(false, failure, read, now);
    }
  }

  private static Attempted attempted(Read read) {
    return switch (read) {
      case Action.ReadNode(var key) -> new Attempted(key, Read.class);
      case Action.ReadWriters(var write) -> new Attempted(write, Read.class);
      case Action.ReadLease _, Action.ReadLeases _ -> new Attempted("leases", Read.class);
    };
  }

  void ended(Write write, Outcome outcome, Instant now) {
    underWay.remove(Subjects.object(write), write);
    var attempted = new Attempted(Subjects.object(write), write.kind());
    switch (outcome) {
      case Outcome.Succeeded(var node, var pod, _) -> {
        failures.remove(attempted);
        if (node == null && pod == null && !Subjects.version(write).isEmpty()) {
          remember(attempted, write.attempt(), Duration.ZERO, Subjects.version(write), now);
        }
      }
      case Outcome.Conflict() ->
          remember(attempted, write.attempt(), Duration.ZERO, Subjects.version(write), now);
      case Outcome.NotFound() -> failures.remove(attempted);
      case Outcome.Failed(_, var retryAfter) ->
          remember(attempted, write.attempt(), retryAfter, null, now);
    }
  }

  private void remember(
      Attempted attempted,
      int attempt,
      Duration retryAfter,
      @Nullable String lostWith,
      Instant now) {
    var times = Math.max(0, attempt) + 1;
    var wait = wait(times, retryAfter);
    failures.put(attempted, new Failure(times, Moments.plus(now, wait), lostWith));
    for (Iterator<Attempted> oldest = failures.keySet().iterator();
        failures.size() > FAILURES_MAX && oldest.hasNext(); ) {
      oldest.next();
      oldest.remove();
    }
  }

  /** A second, doubled each time up to five minutes, or longer if the API server asks for it. */
  private static Duration wait(int times, Duration retryAfter) {
    var seconds = 1L << Math.min(times - 1, 20);
    var wait = Duration.ofSeconds(seconds);
    wait = wait.compareTo(retryAfter) < 0 ? retryAfter : wait;
    return wait.compareTo(WAIT_MAX) < 0 ? wait : WAIT_MAX;
  }

  void ended(Read read, ReadOutcome outcome, Instant now) {
    var attempted = attempted(read);
    if (outcome instanceof ReadOutcome.Failed(_, var retryAfter)) {
      var before = failures.get(attempted);
      var isOfLeases = !(read instanceof Action.ReadNode);
      var times = before == null || isOfLeases ? 1 : before.times + 1;
      var wait = wait(times, retryAfter);
      var period = policy.health().monitorPeriod();
      if (isOfLeases && wait.compareTo(period) > 0 && wait.compareTo(retryAfter) > 0) {
        wait = period;
      }
      failures.put(attempted, new Failure(times, Moments.plus(now, wait), null));
    } else {
      failures.remove(attempted);
    }
  }

  /** The object does not exist any more. */
  void forget(Object object) {
    for (var kind : Action.Kind.values()) {
      failures.remove(new Attempted(object, kind));
    }
    failures.remove(new Attempted(object, Read.class));
  }
}
