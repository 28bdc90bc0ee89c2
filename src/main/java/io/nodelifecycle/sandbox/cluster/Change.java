package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.ObjectFilter;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change of one object.
 *
 * @param revision the version of the cluster that it made
 * @param before what was there; null if the object is new
 * @param after what is there now; if {@code isRemoval} the last state under the new version
 * @param isRemoval whether the object is gone
 */
record Change(long revision, @Nullable StoredObject before, StoredObject after, boolean isRemoval) {

  /**
   * The change as somebody sees it who looks through a filter: an object that begins to match
   * appears, one that no longer matches vanishes.
   */
  Optional<WatchEvent> through(ListQuery query) {
    if (!query.namespace().isEmpty() && !query.namespace().equals(after.namespace())) {
      return Optional.empty();
    }
    ObjectFilter filter = query.filter();
    boolean matched = before != null && filter.matches(before);
    boolean matches = !isRemoval && filter.matches(after);
    if (matches) {
      WatchEvent.Type type = matched ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED;
      return Optional.of(new WatchEvent(type, after));
    }
    return matched
        ? Optional.of(new WatchEvent(WatchEvent.Type.DELETED, lastMatching()))
        : Optional.empty();
  }

  private StoredObject lastMatching() {
    return isRemoval || before == null ? after : before.at(revision);
  }
}
