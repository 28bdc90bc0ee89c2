package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.cluster.Watch;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.resource.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Follows a cluster's nodes, pods and events and writes the timeline, in the order in which the
 * changes happened. For one thread.
 */
public final class ClusterObserver implements AutoCloseable {
  private static final int EVENTS_AT_ONCE = 50_000;

  private final Timeline timeline;
  private final List<Watch> watches = new ArrayList<>();
  private final List<WatchEvent> waiting = new ArrayList<>();

  /** Follows from now on; what is there comes first. */
  public ClusterObserver(SandboxCluster cluster, Timeline timeline) {
    this.timeline = timeline;
    for (var type : List.of(ResourceType.NODES, ResourceType.PODS, ResourceType.EVENTS)) {
      watches.add(cluster.watch(ListQuery.all(type), "", () -> {}));
    }
  }

  /**
   * Takes note of what changed.
   *
   * @param at what time it is in the story
   * @return the changes, in their order, for people
   */
  public List<StateChange> poll(Duration at) {
    long complete = Long.MAX_VALUE;
    for (var watch : watches) {
      waiting.addAll(watch.poll(EVENTS_AT_ONCE));
      complete = Math.min(complete, watch.revision());
    }
    // The watches are asked one after the other: what one of them cannot know yet has to wait.
    waiting.sort(Comparator.comparingLong(event -> event.object().resourceVersion()));
    var changes = new ArrayList<StateChange>();
    int taken = 0;
    while (taken < waiting.size() && waiting.get(taken).object().resourceVersion() <= complete) {
      note(waiting.get(taken), at, changes);
      taken++;
    }
    waiting.subList(0, taken).clear();
    return changes;
  }

  private void note(WatchEvent event, Duration at, List<StateChange> changes) {
    var tree = event.object().tree();
    boolean isGone = event.type() == WatchEvent.Type.DELETED;
    switch (event.object().type()) {
      case NODES -> {
        var seen = ObjectReader.node(tree);
        var node = isGone ? seen.gone() : seen;
        var before = timeline.add(at, node);
        StateChange.ofNode(at, before, node).ifPresent(changes::add);
      }
      case PODS -> {
        var seen = ObjectReader.pod(tree);
        var pod = isGone ? seen.gone() : seen;
        var before = timeline.add(at, pod);
        StateChange.ofPod(at, before, pod).ifPresent(changes::add);
      }
      case EVENTS -> {
        if (!isGone) {
          var note = ObjectReader.event(tree);
          timeline.add(at, note);
          StateChange.ofEvent(at, note).ifPresent(changes::add);
        }
      }
      case NAMESPACES, LEASES, DAEMONSETS -> {}
    }
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
  }
}
