package io.nodelifecycle.sandbox.truth;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.LeaseGone;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.kubernetes.mapping.ResourceMapper;
import io.nodelifecycle.kubernetes.mapping.SharedValues;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.resource.FieldSelector;
import io.nodelifecycle.sandbox.resource.LabelSelector;
import io.nodelifecycle.sandbox.resource.ObjectFilter;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.Instant;
import java.util.Optional;

/** Reads objects of the cluster as the informers do: with the same mappers, from the same bytes. */
public final class ObjectReading {
  private final SharedValues values;

  /** A reader; pods' labels are kept only where they are needed. */
  public ObjectReading(boolean hasPodLabels) {
    values = new SharedValues(hasPodLabels);
  }

  /** What an informer of this resource asks for. */
  public static ListQuery query(Resource resource) {
    return switch (resource) {
      case NODES -> ListQuery.all(ResourceType.NODES);
      case PODS -> {
        var bound = FieldSelector.parse(ResourceType.PODS, "spec.nodeName!=");
        yield new ListQuery(ResourceType.PODS, "", new ObjectFilter(LabelSelector.ALL, bound));
      }
      case LEASES -> new ListQuery(ResourceType.LEASES, "kube-node-lease", ObjectFilter.ALL);
      case DAEMON_SETS -> ListQuery.all(ResourceType.DAEMONSETS);
    };
  }

  /** What a change shows of a node, a pod or a lease; empty if it is of no interest. */
  public Optional<Observation> observe(WatchEvent event, Instant wall) {
    return event.type() == WatchEvent.Type.DELETED
        ? gone(resource(event.object()), event.object())
        : observe(event.object(), wall);
  }

  /** What is seen of a node, a pod or a lease that is there; empty if it is of no interest. */
  public Optional<Observation> observe(StoredObject object, Instant wall) {
    return seen(resource(object), object, false, wall);
  }

  private static Resource resource(StoredObject object) {
    return switch (object.type()) {
      case NODES -> Resource.NODES;
      case PODS -> Resource.PODS;
      case LEASES -> Resource.LEASES;
      case DAEMONSETS -> Resource.DAEMON_SETS;
      default -> throw new IllegalArgumentException("nobody observes " + object);
    };
  }

  /** What is observed of an object that is there; empty if it is of no interest. */
  public Optional<Observation> seen(
      Resource resource, StoredObject object, boolean isListed, Instant wall) {
    // Most of all that happens in a cluster is that leases are renewed, and two fields say it all.
    return resource == Resource.LEASES
        ? Optional.of(new LeaseSeen(object.name(), Long.toString(object.resourceVersion())))
        : read(resource, object).seen(isListed, wall);
  }

  /** What is observed of an object that is gone. */
  public Optional<Observation> gone(Resource resource, StoredObject object) {
    return resource == Resource.LEASES
        ? Optional.of(new LeaseGone(object.name()))
        : read(resource, object).gone();
  }

  private ResourceMapper read(Resource resource, StoredObject object) {
    try (var json = JsonCursor.over(object.json())) {
      var mapper = ResourceMapper.of(resource, json, values);
      json.nextDocument();
      mapper.read();
      return mapper;
    }
  }
}
