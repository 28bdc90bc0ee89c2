package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one type, ordered by key, with an index of pods by node and the log of their
 * latest changes. What was there at an earlier revision is what is there now with the changes since
 * then taken back.
 */
final class ResourceStore {
  private final TreeMap<String, StoredObject> objects = new TreeMap<>();
  private final Map<String, TreeMap<String, StoredObject>> byNode = new HashMap<>();
  private final ResourceType type;
  private final ChangeLog log;

  ResourceStore(ResourceType type, int historyLimit, long revision) {
    this.type = type;
    this.log = new ChangeLog(historyLimit, revision);
  }

  ChangeLog log() {
    return log;
  }

  int size() {
    return objects.size();
  }

  Optional<StoredObject> find(String key) {
    return Optional.ofNullable(objects.get(key));
  }

  /** Stores a new or changed object under its own revision. */
  void put(StoredObject object) {
    StoredObject before = objects.put(object.key(), object);
    unindex(before);
    index(object);
    log.add(new Change(object.resourceVersion(), before, object, false));
  }

  /** Takes an object away; {@code last} is its last state under the revision of the removal. */
  void remove(StoredObject last) {
    StoredObject before = objects.remove(last.key());
    unindex(before);
    log.add(new Change(last.resourceVersion(), before, last, true));
  }

  /**
   * The objects that were there at a revision.
   *
   * @param query which of them
   * @param after only those whose key is greater; empty for all
   * @param max at most so many, and one more if there are more
   * @param revision not compacted, and not in the future
   */
  List<StoredObject> listAt(ListQuery query, String after, long max, long revision) {
    NavigableMap<String, StoredObject> now = candidates(query);
    TreeMap<String, Optional<StoredObject>> then = changedSince(revision);
    List<StoredObject> found = new ArrayList<>();
    Iterator<StoredObject> current = range(now, query, after).values().iterator();
    Iterator<Map.Entry<String, Optional<StoredObject>>> undone =
        range(then, query, after).entrySet().iterator();
    StoredObject left = next(current);
    Map.Entry<String, Optional<StoredObject>> right = next(undone);
    while (found.size() <= max && (left != null || right != null)) {
      int order = left == null ? 1 : right == null ? -1 : left.key().compareTo(right.getKey());
      StoredObject candidate = order < 0 || right == null ? left : right.getValue().orElse(null);
      if (candidate != null && query.filter().matches(candidate)) {
        found.add(candidate);
      }
      if (order <= 0) {
        left = next(current);
      }
      if (order >= 0) {
        right = next(undone);
      }
    }
    return found;
  }

  private static <T> @Nullable T next(Iterator<T> iterator) {
    return iterator.hasNext() ? iterator.next() : null;
  }

  /** What the objects changed since a revision were at that revision; empty if not there. */
  private TreeMap<String, Optional<StoredObject>> changedSince(long revision) {
    TreeMap<String, Optional<StoredObject>> then = new TreeMap<>();
    for (long position = log.positionAfter(revision); position < log.end(); position++) {
      Change change = log.at(position);
      then.putIfAbsent(change.after().key(), Optional.ofNullable(change.before()));
    }
    return then;
  }

  /** A part of the objects that holds all that the query selects. */
  private NavigableMap<String, StoredObject> candidates(ListQuery query) {
    if (type != ResourceType.PODS) {
      return objects;
    }
    return query
        .filter()
        .fields()
        .required("spec.nodeName")
        .map(node -> byNode.getOrDefault(node, new TreeMap<>()))
        .orElse(objects);
  }

  /** The part of a map in which the query's namespace and name and the start allow keys. */
  private <V> NavigableMap<String, V> range(
      NavigableMap<String, V> map, ListQuery query, String after) {
    String prefix = type.isNamespaced() && !query.namespace().isEmpty() ? query.namespace() : "";
    Optional<String> name = query.filter().fields().required("metadata.name");
    boolean oneKey = !type.isNamespaced() || !prefix.isEmpty();
    NavigableMap<String, V> part = map;
    if (name.isPresent() && oneKey) {
      String key = prefix.isEmpty() ? name.get() : prefix + "/" + name.get();
      part = map.subMap(key, true, key, true);
    } else if (!prefix.isEmpty()) {
      part = map.subMap(prefix + "/", true, prefix + "0", false);
    }
    if (after.isEmpty() || part.isEmpty() || after.compareTo(part.firstKey()) < 0) {
      return part;
    }
    return after.compareTo(part.lastKey()) >= 0
        ? Collections.emptyNavigableMap()
        : part.tailMap(after, false);
  }

  private void index(StoredObject object) {
    if (!object.nodeName().isEmpty()) {
      byNode.computeIfAbsent(object.nodeName(), _ -> new TreeMap<>()).put(object.key(), object);
    }
  }

  private void unindex(@Nullable StoredObject object) {
    if (object != null && !object.nodeName().isEmpty()) {
      TreeMap<String, StoredObject> pods = byNode.get(object.nodeName());
      if (pods != null) {
        pods.remove(object.key());
        if (pods.isEmpty()) {
          byNode.remove(object.nodeName());
        }
      }
    }
  }
}
