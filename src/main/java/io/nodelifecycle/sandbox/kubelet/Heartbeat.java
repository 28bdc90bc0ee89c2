package io.nodelifecycle.sandbox.kubelet;

/** How a machine shows that it runs. */
public enum Heartbeat {
  /** It renews its lease. */
  LEASE,
  /** It posts its node's status. */
  STATUS
}
