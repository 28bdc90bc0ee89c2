package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.core.model.Toleration;
import java.util.List;

/** The tolerations that Kubernetes itself gives to pods. */
final class Tolerations {
  private static final String PREFIX = "node.kubernetes.io/";

  /** Of pods that have to run wherever there is a node, such as kube-proxy. */
  static final List<Toleration> EVERYTHING = List.of(new Toleration("", "Exists", "", "", null));

  /** Those that the DaemonSet controller adds. */
  static final List<Toleration> DAEMON =
      List.of(
          forEver("not-ready", "NoExecute"),
          forEver("unreachable", "NoExecute"),
          forEver("disk-pressure", "NoSchedule"),
          forEver("memory-pressure", "NoSchedule"),
          forEver("pid-pressure", "NoSchedule"),
          forEver("unschedulable", "NoSchedule"));

  private Tolerations() {}

  /** Those that admission plugin DefaultTolerationSeconds adds, with so many seconds. */
  static List<Toleration> of(long seconds) {
    return List.of(
        new Toleration(PREFIX + "not-ready", "Exists", "", "NoExecute", seconds),
        new Toleration(PREFIX + "unreachable", "Exists", "", "NoExecute", seconds));
  }

  private static Toleration forEver(String taint, String effect) {
    return new Toleration(PREFIX + taint, "Exists", "", effect, null);
  }
}
