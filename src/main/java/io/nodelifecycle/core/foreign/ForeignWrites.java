package io.nodelifecycle.core.foreign;

import io.nodelifecycle.core.foreign.ForeignWrite.Kind;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gathers writes to nodes that another controller manager must have sent, and says at most once a
 * minute that one should be looked into: who wrote it is then read live.
 *
 * <p>Remembers one entry for each node that this process has written to and does not know the
 * outcome of. Not thread-safe.
 */
public final class ForeignWrites {
  /** How a write of this process ended. */
  public enum End {
    /** It was carried out. */
    DONE,
    /** Another version of the node was there already. */
    REFUSED,
    /** Whether it was carried out is not known. */
    UNKNOWN
  }

  /**
   * After taking over, what a leader before has sent may still arrive: for as long as a request of
   * it may take.
   */
  static final Duration SETTLING = Duration.ofSeconds(10);

  /** How often a suspicion is looked into. */
  static final Duration INTERVAL = Duration.ofMinutes(1);

  /** A write without an answer may still be carried out for as long as an API server lets it. */
  static final Duration LOST = Duration.ofMinutes(1);

  /** How managers begin that stand for a person. */
  private static final String BY_HAND = "kubectl";

  /** The manager that the API server makes of this program's user agent. */
  private static final String OWN = "node-lifecycle-controller";

  private final boolean isOn;
  private final Map<NodeKey, OwnWrites> own = new HashMap<>();
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private @Nullable Instant leadsSince;
  private @Nullable ForeignWrite latest;
  private Instant latestAt = Instant.MIN;
  private Instant nextLook = Instant.MIN;
  private @Nullable ForeignWrite looking;
  private @Nullable ForeignFinding last;

  /** Nothing was seen yet; nothing ever is if this is switched off. */
  public ForeignWrites(boolean isOn) {
    this.isOn = isOn;
  }

  /** Whether this process leads: only then is what others write out of place. */
  public void leads(boolean isLeader, Instant now) {
    if (!isLeader) {
      leadsSince = null;
    } else if (leadsSince == null) {
      leadsSince = now;
    }
  }

  private boolean isSettled(Instant now) {
    return leadsSince != null && now.isAfter(leadsSince.plus(SETTLING));
  }

  /** This process sends conditions. */
  public void sendsStatus(NodeKey node) {
    if (isOn) {
      of(node).sentStatus();
    }
  }

  /** This process sends taints. */
  public void sendsTaints(NodeKey node, List<Taint> added, List<Taint> removed) {
    if (isOn) {
      of(node).sentTaints(added, removed);
    }
  }

  private OwnWrites of(NodeKey node) {
    return own.computeIfAbsent(node, _ -> new OwnWrites());
  }

  /**
   * What this process has sent was answered or given up.
   *
   * @param isStatus conditions; else taints
   * @param version of the node as it was returned, empty if none was
   */
  public void ended(NodeKey node, boolean isStatus, End end, String version, Instant now) {
    var writes = own.get(node);
    if (writes == null) {
      return;
    }
    switch (version.isEmpty() && end == End.DONE ? End.UNKNOWN : end) {
      case DONE -> writes.done(isStatus, version).ifPresent(write -> suspect(write, now));
      case REFUSED -> writes.refused(isStatus).ifPresent(write -> suspect(write, now));
      case UNKNOWN -> writes.lost(isStatus, now.plus(LOST));
    }
    if (writes.isEmpty()) {
      own.remove(node);
    }
  }

  /** A watch showed a newer version of a node. */
  public void seen(NodeSnapshot before, NodeSnapshot after, Instant now) {
    if (!isOn || !isSettled(now)) {
      return;
    }
    for (var change : NodeChanges.between(before, after)) {
      var write =
          new ForeignWrite(change.kind(), after.key(), after.resourceVersion(), change.what());
      var writes = own.get(after.key());
      if (writes == null || !writes.explain(change, write, now)) {
        suspect(write, now);
      }
    }
  }

  private void suspect(ForeignWrite write, Instant now) {
    latest = write;
    latestAt = now;
    counts.merge(write.kind(), 1, Integer::sum);
  }

  /** A node is gone. */
  public void forget(NodeKey node) {
    own.remove(node);
  }

  /** The write that should be looked into now; it then counts as being looked into. */
  public Optional<ForeignWrite> look(Instant now) {
    var write = latest;
    if (write == null || looking != null || now.isBefore(nextLook)) {
      return Optional.empty();
    }
    looking = write;
    nextLook = now.plus(INTERVAL);
    return Optional.of(write);
  }

  /**
   * The write was looked into.
   *
   * @param by the manager that wrote, empty if that is not known
   * @return what people are to be told, unless a person did it
   */
  public Optional<ForeignFinding> looked(String by) {
    var write = looking;
    looking = null;
    latest = null;
    var counted = Map.copyOf(counts);
    counts.clear();
    if (write == null || by.startsWith(BY_HAND)) {
      return Optional.empty();
    }
    // The last who wrote may have been this process, which says nothing of the one before.
    last = new ForeignFinding(write, by.equals(OWN) ? "" : by, counted, latestAt);
    return Optional.of(last);
  }

  /** What was found last. */
  public Optional<ForeignFinding> last() {
    return Optional.ofNullable(last);
  }

  /** When {@link #look} has something to say; {@link Instant#MAX} if nothing is suspected. */
  public Instant nextWake() {
    return latest == null || looking != null ? Instant.MAX : nextLook;
  }

  /** How many nodes are remembered. */
  public int remembered() {
    return own.size();
  }
}
