package io.nodelifecycle.sandbox.story;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every state that was seen of every node and pod, and every event, with times. */
public final class Timeline {
  private final Map<String, List<Seen<NodeState>>> nodes = new LinkedHashMap<>();
  private final Map<String, List<Seen<PodState>>> pods = new LinkedHashMap<>();
  private final Map<String, List<Seen<EventNote>>> events = new LinkedHashMap<>();

  /** An empty one. */
  public Timeline() {}

  /**
   * Adds a state of a node.
   *
   * @return the state before it, or empty; the same state where nothing changed
   */
  public Optional<NodeState> add(Duration at, NodeState node) {
    return append(nodes.computeIfAbsent(node.name(), _ -> new ArrayList<>()), at, node);
  }

  /**
   * Adds a state of a pod.
   *
   * @return the state before it, or empty; the same state where nothing changed
   */
  public Optional<PodState> add(Duration at, PodState pod) {
    return append(pods.computeIfAbsent(pod.uid(), _ -> new ArrayList<>()), at, pod);
  }

  /** Adds an event. */
  public void add(Duration at, EventNote event) {
    events.computeIfAbsent(event.uid(), _ -> new ArrayList<>()).add(new Seen<>(at, event));
  }

  private static <T> Optional<T> append(List<Seen<T>> versions, Duration at, T what) {
    var before = versions.isEmpty() ? Optional.<T>empty() : Optional.of(versions.getLast().what());
    if (before.filter(what::equals).isEmpty()) {
      versions.add(new Seen<>(at, what));
    }
    return before;
  }

  /** The states of a node in order; none if it was never seen. */
  public List<Seen<NodeState>> node(String name) {
    return Collections.unmodifiableList(nodes.getOrDefault(name, List.of()));
  }

  /** The latest state of every node that was ever seen. */
  public List<NodeState> nodesNow() {
    return latest(nodes.values());
  }

  /** The latest state of every pod that was ever seen. */
  public List<PodState> podsNow() {
    return latest(pods.values());
  }

  /** The states of every pod that was ever seen, in order. */
  public Collection<List<Seen<PodState>>> pods() {
    return Collections.unmodifiableCollection(pods.values());
  }

  /** The events about an object: a pod by its uid, a node by its name. */
  public List<Seen<EventNote>> events(String uid) {
    return Collections.unmodifiableList(events.getOrDefault(uid, List.of()));
  }

  /** The version that was in force at a time. */
  public static <T> Optional<Seen<T>> at(List<Seen<T>> versions, Duration time) {
    Optional<Seen<T>> found = Optional.empty();
    for (var version : versions) {
      if (version.at().compareTo(time) > 0) {
        break;
      }
      found = Optional.of(version);
    }
    return found;
  }

  private static <T> List<T> latest(Collection<List<Seen<T>>> all) {
    return all.stream().map(versions -> versions.getLast().what()).toList();
  }
}
