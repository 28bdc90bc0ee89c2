package io.nodelifecycle.simulate.recording;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.simulate.cluster.ZoneNames;
import io.nodelifecycle.simulate.record.Happening.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes as they were last seen, and what that makes of each zone. */
final class NodeBook {
  private final ZoneNames names;
  private final Map<String, Page> pages = new LinkedHashMap<>();
  private final Map<String, ZoneTally> zones = new LinkedHashMap<>();

  NodeBook(ZoneNames names) {
    this.names = names;
  }

  /** Told what changed about a node. */
  @FunctionalInterface
  interface Listener {
    void changed(Kind kind, String zone, String node, String text);
  }

  private static final class Page {
    final String name;
    NodeSnapshot node;
    String zone;
    boolean isDead;
    Duration deadSince = Duration.ZERO;

    Page(String name, NodeSnapshot node, String zone) {
      this.name = name;
      this.node = node;
      this.zone = zone;
    }
  }

  /** How many nodes of a zone are how. */
  static final class ZoneTally {
    int ready;
    int notReady;
    int unknown;
    int dead;
    int tainted;
    int readyPods;
    int evictedPods;
    int requests;

    boolean isEmpty() {
      return ready + notReady + unknown == 0;
    }
  }

  /** The tally of a zone. */
  ZoneTally tally(String zone) {
    return zones.computeIfAbsent(zone, _ -> new ZoneTally());
  }

  Map<String, ZoneTally> zones() {
    return zones;
  }

  /** The zone of a node, empty if there is no such node. */
  String zone(String node) {
    var page = pages.get(node);
    return page == null ? "" : page.zone;
  }

  boolean isDead(String node) {
    var page = pages.get(node);
    return page != null && page.isDead;
  }

  int count() {
    return pages.size();
  }

  /** A node is like this now. */
  void seen(NodeSnapshot node, Listener listener) {
    var zone = names.of(node.zone());
    var page = pages.get(node.name());
    if (page == null) {
      page = new Page(node.name(), node, zone);
      pages.put(node.name(), page);
      count(page, 1);
      return;
    }
    var before = page.node;
    count(page, -1);
    page.node = node;
    page.zone = zone;
    count(page, 1);
    compare(before, node, zone, listener);
  }

  private static void compare(
      NodeSnapshot before, NodeSnapshot node, String zone, Listener listener) {
    var ready = node.ready();
    if (before.ready() != ready) {
      switch (ready) {
        case UNKNOWN -> listener.changed(Kind.NODE_UNKNOWN, zone, node.name(), "is marked Unknown");
        case TRUE -> listener.changed(Kind.NODE_READY, zone, node.name(), "is Ready again");
        case FALSE, ABSENT ->
            listener.changed(
                Kind.NODE_NOT_READY, zone, node.name(), "reports that it is not Ready");
      }
    }
    var had = noExecute(before);
    var has = noExecute(node);
    if (had == null && has != null) {
      listener.changed(Kind.NODE_TAINTED, zone, node.name(), "is tainted " + has);
    } else if (had != null && has == null) {
      listener.changed(Kind.NODE_UNTAINTED, zone, node.name(), "is no longer tainted " + had);
    }
  }

  private static @Nullable Taint noExecute(NodeSnapshot node) {
    return node.taints().stream().filter(Taint::isNoExecute).findFirst().orElse(null);
  }

  /** A node is gone. */
  void gone(String name, Listener listener) {
    var page = pages.remove(name);
    if (page != null) {
      count(page, -1);
      listener.changed(Kind.NODE_GONE, page.zone, name, "is removed from the cluster");
    }
  }

  /** The machine of a node died, or lives again. */
  void setDead(String name, boolean isDead, Duration at) {
    var page = pages.get(name);
    if (page != null && page.isDead != isDead) {
      count(page, -1);
      page.isDead = isDead;
      page.deadSince = at;
      count(page, 1);
    }
  }

  private void count(Page page, int difference) {
    var tally = tally(page.zone);
    switch (page.node.ready()) {
      case TRUE -> tally.ready += difference;
      case UNKNOWN -> tally.unknown += difference;
      case FALSE, ABSENT -> tally.notReady += difference;
    }
    tally.dead += page.isDead ? difference : 0;
    tally.tainted += noExecute(page.node) != null ? difference : 0;
  }

  /** A node that is dead without a NoExecute taint. */
  record Untainted(String name, String zone, Duration deadSince, ConditionStatus ready) {}

  /** Every node that is dead without a NoExecute taint, in the order in which they were seen. */
  Iterable<Untainted> untainted() {
    return pages.values().stream()
        .filter(page -> page.isDead && noExecute(page.node) == null)
        .map(page -> new Untainted(page.name, page.zone, page.deadSince, page.node.ready()))
        .toList();
  }
}
