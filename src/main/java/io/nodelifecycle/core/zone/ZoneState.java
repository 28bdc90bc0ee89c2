package io.nodelifecycle.core.zone;

/** How a zone is doing: it decides how fast its nodes are tainted. */
public enum ZoneState {
  /** Seen for the first time and not judged yet. */
  INITIAL("Initial"),
  /** Most nodes are ready. */
  NORMAL("Normal"),
  /** So many nodes are not ready that something other than the nodes may be broken. */
  PARTIAL_DISRUPTION("PartialDisruption"),
  /** No node is ready. */
  FULL_DISRUPTION("FullDisruption");

  private final String title;

  ZoneState(String title) {
    this.title = title;
  }

  /** The name that Kubernetes gives the state. */
  public String title() {
    return title;
  }
}
