package io.nodelifecycle.kubernetes.election;

import io.nodelifecycle.kubernetes.http.SaidBefore;
import io.nodelifecycle.runtime.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how the election goes: each change once, a failure that goes on once a minute. */
final class ElectionLog {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

  private final ElectionPolicy policy;
  private final SaidBefore failures;
  private String holder = "";
  private boolean hasNamedHolder;
  private String odd = "";

  ElectionLog(ElectionPolicy policy, TimeSource time) {
    this.policy = policy;
    this.failures = new SaidBefore(time);
  }

  /** The lease was read. */
  void saw(ElectionLease lease) {
    warnIfGone(lease);
    if (!hasNamedHolder || !lease.holder().equals(holder)) {
      hasNamedHolder = true;
      holder = lease.holder();
      if (lease.isHeld() && !holder.equals(policy.identity())) {
        LOG.atInfo()
            .addKeyValue("lease", name())
            .addKeyValue("leader", holder)
            .log("standby: another process leads; everything is watched and judged, nothing sent");
      }
    }
    warnOfOddDuration(lease);
  }

  private void warnIfGone(ElectionLease lease) {
    var isOthers = !holder.isEmpty() && !holder.equals(policy.identity());
    if (isOthers && !lease.isHeld() && !lease.isGivenBack()) {
      LOG.atWarn()
          .addKeyValue("lease", name())
          .addKeyValue("leader", holder)
          .log(
              "the lease is gone, and its holder did not give it back: it may still lead, and is"
                  + " left alone for as long as if it had renewed");
    }
  }

  private void warnOfOddDuration(ElectionLease lease) {
    if (lease.isHeld() && !Candidacy.isBelieved(lease.duration()) && !lease.holder().equals(odd)) {
      odd = lease.holder();
      LOG.atWarn()
          .addKeyValue("lease", name())
          .addKeyValue("leader", lease.holder())
          .addKeyValue("leaseDuration", lease.duration())
          .addKeyValue("assumed", policy.leaseDuration())
          .log("the lease names a duration that cannot be meant; another is assumed");
    }
  }

  void leads() {
    failures.forget();
    holder = policy.identity();
    hasNamedHolder = true;
    LOG.atInfo()
        .addKeyValue("lease", name())
        .addKeyValue("identity", policy.identity())
        .log("this process leads");
  }

  void lost(String other) {
    LOG.atError()
        .addKeyValue("lease", name())
        .addKeyValue("identity", policy.identity())
        .addKeyValue("leader", other.equals(policy.identity()) ? "" : other)
        .log("leadership is lost: the lease could not be renewed in time, or another took it");
  }

  void released() {
    LOG.atInfo().addKeyValue("lease", name()).log("leadership is given up");
  }

  void notReleased(String reason) {
    LOG.atWarn()
        .addKeyValue("lease", name())
        .addKeyValue("reason", reason)
        .log("the lease could not be given back: another leads when it has run out");
  }

  void failed(String reason) {
    if (failures.isNews(reason)) {
      LOG.atWarn()
          .addKeyValue("lease", name())
          .addKeyValue("reason", reason)
          .log("the election's lease cannot be read or written; it is tried again");
    }
  }

  private String name() {
    return policy.namespace() + "/" + policy.name();
  }
}
