package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.cluster.Watch;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.resource.ResourceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tells an observer every change of nodes, pods and leases right after it was made. */
final class Truth implements AutoCloseable {
  private static final int AT_ONCE = 10_000;

  private final WorldObserver observer;
  private final List<Watch> watches = new ArrayList<>();

  Truth(SandboxCluster cluster, WorldObserver observer) {
    this.observer = observer;
    follow(cluster, ResourceType.NODES);
    follow(cluster, ResourceType.PODS);
    if (observer.followsLeases()) {
      follow(cluster, ResourceType.LEASES);
    }
  }

  private void follow(SandboxCluster cluster, ResourceType type) {
    watches.add(cluster.watch(ListQuery.all(type), "", () -> {}));
  }

  /** Tells what has changed, in the order of versions. */
  void tell(Instant now) {
    List<WatchEvent> events = new ArrayList<>();
    for (var watch : watches) {
      while (watch.isBehind()) {
        events.addAll(watch.poll(AT_ONCE));
      }
    }
    if (events.size() > 1) {
      events.sort(Comparator.comparingLong(event -> event.object().resourceVersion()));
    }
    events.forEach(event -> observer.changed(event, now));
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }
}
