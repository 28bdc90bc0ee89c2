package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.Write;
import java.time.Instant;

/** What the API server may carry out, whoever asked for it. */
final class AppliedRules {
  private AppliedRules() {}

  /** The write meets the object that was meant, in the version that was judged. */
  static void check(Invariants.Facts facts, Write write, Instant now) {
    if (write instanceof DeletePod delete) {
      DeletionRules.applied(facts, delete, now);
      return;
    }
    var key = Subjects.node(write);
    var node = key == null ? null : facts.truth().node(key.name());
    if (key != null && node != null) {
      checkVersion(
          facts, write, node.uid().equals(key.uid()) ? node.resourceVersion() : "another", now);
    }
    var podKey = Subjects.pod(write);
    if (podKey != null) {
      var pod = facts.truth().pod(podKey);
      var uid = facts.truth().uidOf(podKey);
      if (pod != null) {
        checkVersion(facts, write, pod.pod().resourceVersion(), now);
      } else if (uid != null) {
        facts
            .reporter()
            .report(Rule.RIGHT_POD, podKey, now, "written, there is only one of uid " + uid);
      }
    }
  }

  private static void checkVersion(Invariants.Facts facts, Write write, String real, Instant now) {
    var judged = Subjects.version(write);
    var isAny = write instanceof PatchNodeLabels && !real.equals("another");
    facts
        .reporter()
        .check(
            isAny || judged.equals(real),
            Rule.JUDGED_VERSION,
            write.text(),
            now,
            () -> "carried out on version " + real + ", judged was " + judged);
  }
}
