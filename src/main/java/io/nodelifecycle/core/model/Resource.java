package io.nodelifecycle.core.model;

/** A kind of object that is listed and watched. */
public enum Resource {
  /** All nodes. */
  NODES("nodes"),
  /** Pods of all namespaces that are bound to a node. */
  PODS("pods"),
  /** The node leases, in namespace {@code kube-node-lease}. */
  LEASES("leases"),
  /** DaemonSets of all namespaces; only evictions without taints need them. */
  DAEMON_SETS("daemonsets");

  private final String plural;

  Resource(String plural) {
    this.plural = plural;
  }

  /** The name in URLs and RBAC rules. */
  public String plural() {
    return plural;
  }
}
