package io.nodelifecycle.simulate.recording;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.sandbox.workload.Workload;
import io.nodelifecycle.simulate.record.WorkloadRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The pods as they were last seen, and what that makes of each workload and zone. */
final class PodBook {
  private final NodeBook nodes;
  private final Map<String, Page> pages = new HashMap<>();
  private final Map<String, Set<Page>> byNode = new HashMap<>();
  private final TreeMap<Workload, Fate> fates = new TreeMap<>();
  private boolean hasBegun;

  PodBook(NodeBook nodes) {
    this.nodes = nodes;
  }

  /** A pod that has come to be. */
  private static final class Page {
    final String node;
    final String zone;
    final Workload workload;
    final Fate fate;
    boolean isAwaited;
    boolean isReady;
    boolean isRunning;

    Page(String node, String zone, Workload workload, Fate fate) {
      this.node = node;
      this.zone = zone;
      this.workload = workload;
      this.fate = fate;
    }
  }

  /** What becomes of a workload. */
  private static final class Fate {
    int replicas;
    int evicted;
    int running;
    int fewest;
    Duration lostAllFor = Duration.ZERO;
    @Nullable Duration firstLostAll;
    @Nullable Duration lostSince;
  }

  /** A pod as it is known here. */
  record Known(String zone, String workload) {}

  int count() {
    return pages.size();
  }

  /** From now on, what is fewest counts. */
  void begin() {
    hasBegun = true;
    fates
        .values()
        .forEach(fate -> {
          fate.replicas = 0;
          fate.fewest = fate.running;
          fate.lostAllFor = Duration.ZERO;
          fate.firstLostAll = null;
          fate.lostSince = null;
          fate.evicted = 0;
        });
    pages.values().forEach(page -> page.fate.replicas++);
  }

  /** Whether this pod was seen before. */
  boolean knows(String uid) {
    return pages.containsKey(uid);
  }

  /** A pod that is bound was seen for the first time. */
  void add(PodSnapshot pod, Workload workload) {
    var fate = fates.computeIfAbsent(workload, _ -> new Fate());
    var page = new Page(pod.nodeName(), nodes.zone(pod.nodeName()), workload, fate);
    page.isAwaited = hasBegun && !workload.kind().equals("DaemonSet");
    pages.put(pod.key().uid(), page);
    byNode.computeIfAbsent(pod.nodeName(), _ -> new LinkedHashSet<>()).add(page);
  }

  /**
   * A pod that was added is like this now.
   *
   * @return the pod if it is a replacement that has become ready for the first time
   */
  Optional<Known> seen(PodSnapshot pod, Duration at) {
    var page = pages.get(pod.key().uid());
    if (page == null) {
      return Optional.empty();
    }
    setReady(page, pod.ready() == ConditionStatus.TRUE, at);
    if (page.isAwaited && page.isReady) {
      page.isAwaited = false;
      return Optional.of(known(page));
    }
    return Optional.empty();
  }

  private void setReady(Page page, boolean isReady, Duration at) {
    if (page.isReady != isReady) {
      page.isReady = isReady;
      nodes.tally(page.zone).readyPods += isReady ? 1 : -1;
    }
    count(page, at);
  }

  private void count(Page page, Duration at) {
    var isRunning = page.isReady && !nodes.isDead(page.node);
    if (page.isRunning == isRunning) {
      return;
    }
    page.isRunning = isRunning;
    var fate = page.fate;
    fate.running += isRunning ? 1 : -1;
    fate.fewest = Math.min(fate.fewest, fate.running);
    if (fate.running == 0) {
      fate.lostSince = at;
      fate.firstLostAll = hasBegun && fate.firstLostAll == null ? at : fate.firstLostAll;
    } else if (fate.lostSince != null) {
      fate.lostAllFor = hasBegun ? fate.lostAllFor.plus(at.minus(fate.lostSince)) : Duration.ZERO;
      fate.lostSince = null;
    }
  }

  /** A pod is gone. */
  void gone(String uid, Duration at) {
    var page = pages.remove(uid);
    if (page != null) {
      setReady(page, false, at);
      var onNode = byNode.get(page.node);
      if (onNode != null) {
        onNode.remove(page);
      }
    }
  }

  /** The machine of a node died, or lives again: so do its pods. */
  void machineChanged(String node, Duration at) {
    byNode.getOrDefault(node, Set.of()).forEach(page -> count(page, at));
  }

  /** The controller has deleted a pod. */
  Optional<Known> evicted(String uid) {
    var page = pages.get(uid);
    if (page == null) {
      return Optional.empty();
    }
    page.fate.evicted++;
    nodes.tally(page.zone).evictedPods++;
    return Optional.of(known(page));
  }

  /** The pod of this uid, if it is there. */
  Optional<Known> find(String uid) {
    return Optional.ofNullable(pages.get(uid)).map(PodBook::known);
  }

  private static Known known(Page page) {
    var workload = page.workload;
    var title = workload.namespace() + "/" + workload.kind() + "/" + workload.name();
    return new Known(page.zone, title);
  }

  /** What became of every workload that was there at the beginning. */
  List<WorkloadRecord> fates(Duration end) {
    List<WorkloadRecord> records = new ArrayList<>();
    fates.forEach((workload, fate) -> {
      if (fate.replicas > 0) {
        var since = fate.lostSince;
        var first = Optional.ofNullable(fate.firstLostAll);
        var open = since == null || first.isEmpty() ? Duration.ZERO : end.minus(since);
        records.add(
            new WorkloadRecord(
                workload.namespace(),
                workload.kind(),
                workload.name(),
                fate.replicas,
                fate.evicted,
                fate.fewest,
                first,
                fate.lostAllFor.plus(open)));
      }
    });
    return records;
  }
}
