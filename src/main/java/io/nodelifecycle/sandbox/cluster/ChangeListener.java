package io.nodelifecycle.sandbox.cluster;

/** Is told of each change of a cluster as it happens, in order. */
@FunctionalInterface
public interface ChangeListener {
  /**
   * Something has changed. Called under the cluster's lock: it must be quick, must not wait for
   * anybody, and must not throw.
   */
  void changed(WatchEvent event);
}
