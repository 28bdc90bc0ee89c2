package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.ResourceVersion;
import io.nodelifecycle.core.schedule.Backoff;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a node was last read live, and how often that failed since. */
final class LiveReading {
  /** How long an answer is good for, counted from its arrival, for all pods of the node. */
  static final Duration VALIDITY = Duration.ofSeconds(1);

  private Instant answeredAt = Instant.MIN;
  private Instant notBefore = Instant.MIN;
  private int failures;

  /** Whether the last answer is still good. */
  boolean isValid(Instant now) {
    return !answeredAt.equals(Instant.MIN) && !now.isAfter(answeredAt.plus(VALIDITY));
  }

  /** When the node may be read again; the past unless that failed. */
  Instant notBefore() {
    return notBefore;
  }

  /**
   * The read was answered or failed.
   *
   * @param known the node as the watch has told
   * @return the node as it is; null if nothing is to be done for now
   */
  @Nullable NodeSnapshot ended(
      ReadNode read, ReadOutcome outcome, NodeSnapshot known, Outbox outbox, Instant now) {
    return switch (outcome) {
      case ReadOutcome.Node(var node)
          when node != null && node.key().equals(read.node()) && !isOlder(node, known) -> {
        answered(read, outbox, now);
        yield node;
      }
      // It is gone, or another one: the watch will tell, and until then its pods are let be. An
      // older one is overtaken by the watch, or what the watch told is not true any more, as after
      // etcd was restored from a backup: the next read, or the next list, shows which.
      case ReadOutcome.Node _ -> {
        failed(Duration.ZERO, now);
        yield null;
      }
      case ReadOutcome.Failed(var reason, var retryAfter) -> {
        failed(retryAfter, now);
        var wait = Duration.between(now, notBefore).toSeconds();
        outbox.add(new Action.LiveReadFailed(read, reason, wait));
        yield null;
      }
      case ReadOutcome.Leases _, ReadOutcome.Writers _ ->
          throw new IllegalStateException(outcome + " answers " + read);
    };
  }

  private static boolean isOlder(NodeSnapshot node, NodeSnapshot known) {
    return ResourceVersion.isOlder(node.resourceVersion(), known.resourceVersion());
  }

  private void answered(ReadNode read, Outbox outbox, Instant now) {
    if (failures > 0) {
      outbox.add(new Action.LiveReadRecovered(read));
    }
    answeredAt = now;
    notBefore = Instant.MIN;
    failures = 0;
  }

  private void failed(Duration retryAfter, Instant now) {
    failures++;
    answeredAt = Instant.MIN;
    notBefore = now.plus(Backoff.after(failures, retryAfter));
  }
}
