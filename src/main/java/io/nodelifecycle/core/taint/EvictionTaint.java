package io.nodelifecycle.core.taint;

/** What should be with the two NoExecute taints of node health; they exclude each other. */
public enum EvictionTaint {
  /** Whatever is there is left alone. */
  AS_IS,
  /** Neither. */
  NEITHER,
  /** {@code node.kubernetes.io/not-ready:NoExecute} and not the other. */
  NOT_READY,
  /** {@code node.kubernetes.io/unreachable:NoExecute} and not the other. */
  UNREACHABLE
}
