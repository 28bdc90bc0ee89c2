package io.nodelifecycle.core.foreign;

import io.nodelifecycle.core.foreign.NodeChanges.Change;
import io.nodelifecycle.core.model.Taint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this process has sent to one node, until it is known what came of it. */
final class OwnWrites {
  private @Nullable Sent status;
  private @Nullable Sent taints;

  /** A write that was sent. */
  private static final class Sent {
    final List<Taint> added;
    final List<Taint> removed;

    /** A change that a watch showed meanwhile, and that may be this one. */
    @Nullable ForeignWrite candidate;

    /** Whether it was carried out is not known until then; null while it is under way. */
    @Nullable Instant lostUntil;

    Sent(List<Taint> added, List<Taint> removed) {
      this.added = added;
      this.removed = removed;
    }

    boolean explains(Change change) {
      var taint = change.taint();
      return switch (change.kind()) {
        case CONDITIONS -> true;
        case TAINT_ADDED -> added.stream().anyMatch(each -> each.isSameAs(taint.orElseThrow()));
        case TAINT_REMOVED -> removed.stream().anyMatch(each -> each.isSameAs(taint.orElseThrow()));
      };
    }
  }

  void sentStatus() {
    status = new Sent(List.of(), List.of());
  }

  void sentTaints(List<Taint> added, List<Taint> removed) {
    taints = new Sent(added, removed);
  }

  private @Nullable Sent sent(boolean isStatus) {
    return isStatus ? status : taints;
  }

  /** Whether this process may have made that change; then it waits for the answer. */
  boolean explain(Change change, ForeignWrite write, Instant now) {
    var sent = sent(change.kind() == ForeignWrite.Kind.CONDITIONS);
    if (sent == null
        || !sent.explains(change)
        || (sent.lostUntil != null && now.isAfter(sent.lostUntil))) {
      return false;
    }
    if (sent.lostUntil == null) {
      sent.candidate = write;
    }
    return true;
  }

  /** It was carried out and made this version: what made another one was not this process. */
  Optional<ForeignWrite> done(boolean isStatus, String version) {
    return taken(isStatus).filter(candidate -> !candidate.version().equals(version));
  }

  /** It was refused, so that someone else has made the change. */
  Optional<ForeignWrite> refused(boolean isStatus) {
    return taken(isStatus);
  }

  private Optional<ForeignWrite> taken(boolean isStatus) {
    var sent = sent(isStatus);
    if (isStatus) {
      status = null;
    } else {
      taints = null;
    }
    return sent == null ? Optional.empty() : Optional.ofNullable(sent.candidate);
  }

  /** Whether it was carried out is not known. */
  void lost(boolean isStatus, Instant until) {
    var sent = sent(isStatus);
    if (sent != null) {
      sent.candidate = null;
      sent.lostUntil = until;
    }
  }

  boolean isEmpty() {
    return status == null && taints == null;
  }
}
