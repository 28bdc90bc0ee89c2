package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.patch.Patch;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * An in-memory cluster with the semantics of the Kubernetes API. All requests that are refused
 * throw {@link ApiFailure}. Any thread may call; calls take effect one after the other.
 */
public final class SandboxCluster {
  /** How many changes of each resource are kept for watches and lists, unless told otherwise. */
  public static final int HISTORY_LIMIT = 50_000;

  private static final Set<String> PERMANENT_NAMESPACES =
      Set.of("default", "kube-system", "kube-public");
  private static final List<String> FIRST_NAMESPACES =
      List.of("default", "kube-node-lease", "kube-public", "kube-system");

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ResourceType, ResourceStore> stores = new EnumMap<>(ResourceType.class);
  private final Map<ResourceType, List<Runnable>> subscribers = new EnumMap<>(ResourceType.class);
  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
  private final EventExpiry eventExpiry = new EventExpiry();
  private final UidSource uids;
  private long revision = 1;
  private boolean isRehearsal;

  /**
   * A cluster with nothing in it but its first namespaces.
   *
   * @param seed what uids and generated names follow from
   * @param historyLimit how many changes of each resource are kept
   * @param now the time at which it begins
   */
  public SandboxCluster(long seed, int historyLimit, Instant now) {
    this(seed, _ -> historyLimit, now);
  }

  /**
   * The same with a history of its own length for each resource.
   *
   * @param historyLimits how many changes of a resource are kept, positive
   */
  public SandboxCluster(long seed, ToIntFunction<ResourceType> historyLimits, Instant now) {
    this.uids = new UidSource(seed);
    for (ResourceType type : ResourceType.values()) {
      stores.put(type, new ResourceStore(type, historyLimits.applyAsInt(type), revision));
      subscribers.put(type, new CopyOnWriteArrayList<>());
    }
    for (String name : FIRST_NAMESPACES) {
      createNamespace(name, now);
    }
  }

  /** The version of the whole cluster: that of the latest change. */
  public long revision() {
    return locked(() -> revision);
  }

  /** How many objects of a type there are. */
  public int count(ResourceType type) {
    return locked(() -> store(type).size());
  }

  /**
   * Creates an object.
   *
   * @param namespace where; empty for a type without namespaces
   * @param body the object; kind and apiVersion may be left out
   * @throws ApiFailure 409 AlreadyExists, 422 Invalid, 404 if there is no such namespace
   */
  public StoredObject create(ResourceType type, String namespace, ObjectNode body, Instant now) {
    return locked(() -> {
      WriteRules.checkTarget(type, namespace, body);
      if (type.isNamespaced()) {
        get(new ObjectRef(ResourceType.NAMESPACES, "", namespace));
      }
      var birth = new WriteRules.Birth(uids.uid(), uids.suffix(), now);
      ObjectNode tree = WriteRules.create(type, namespace, body, birth);
      ObjectRef ref = new ObjectRef(type, namespace, Json.text(tree, "metadata", "name"));
      if (find(ref).isPresent()) {
        throw ApiFailure.alreadyExists(ref);
      }
      if (type == ResourceType.EVENTS) {
        expireEvents(now);
      }
      return commit(type, tree, now);
    });
  }

  /**
   * Puts an object there as another cluster had it: with its uid, its times and its status. What is
   * missing of these it is given; it gets a version of this cluster, and its namespace if that is
   * not there.
   *
   * @throws ApiFailure 409 AlreadyExists, 422 Invalid, 400 if it is no such object
   */
  public StoredObject restore(ResourceType type, ObjectNode body, Instant now) {
    return locked(() -> {
      String namespace = type.isNamespaced() ? Json.text(body, "metadata", "namespace") : "";
      var birth = new WriteRules.Birth(uids.uid(), uids.suffix(), now);
      ObjectNode tree = WriteRules.restore(type, namespace, body, birth);
      ObjectRef ref = new ObjectRef(type, namespace, Json.text(tree, "metadata", "name"));
      if (find(ref).isPresent()) {
        throw ApiFailure.alreadyExists(ref);
      }
      if (type.isNamespaced()) {
        ObjectRef home = new ObjectRef(ResourceType.NAMESPACES, "", namespace);
        if (find(home).isEmpty()) {
          createNamespace(namespace, now);
        }
      }
      return commit(type, tree, now);
    });
  }

  private void createNamespace(String name, Instant now) {
    ObjectNode namespace = Json.object();
    Json.child(namespace, "metadata").put("name", name);
    create(ResourceType.NAMESPACES, "", namespace, now);
  }

  /** The object of this name, if it is there. */
  public Optional<StoredObject> find(ObjectRef ref) {
    return locked(() -> store(ref.type()).find(ref.key()));
  }

  /**
   * The object of this name.
   *
   * @throws ApiFailure 404
   */
  public StoredObject get(ObjectRef ref) {
    return find(ref).orElseThrow(() -> ApiFailure.notFound(ref));
  }

  /**
   * Replaces an object (PUT). A lease or event that is not there is created, as on a real server.
   *
   * @throws ApiFailure 404, 409 if resourceVersion or uid differ, 422
   */
  public StoredObject update(ObjectRef ref, Part part, ObjectNode body, Instant now) {
    return locked(() -> {
      WriteRules.checkTarget(ref.type(), ref.namespace(), body);
      Optional<StoredObject> found = find(ref);
      boolean creates = ref.type() == ResourceType.LEASES || ref.type() == ResourceType.EVENTS;
      if (found.isEmpty() && creates && part == Part.MAIN) {
        return create(ref.type(), ref.namespace(), body, now);
      }
      StoredObject before = found.orElseThrow(() -> ApiFailure.notFound(ref));
      WriteRules.checkPreconditions(before, body, true);
      return write(
          before, WriteRules.update(before.ref(), before.tree(), part, body.deepCopy()), now);
    });
  }

  /**
   * Changes an object by a patch. A resourceVersion in the patch is a precondition.
   *
   * @throws ApiFailure 404, 409 if the resourceVersion differs, 422
   */
  public StoredObject patch(ObjectRef ref, Part part, Patch patch, Instant now) {
    // The result may hold parts of the patch, which is not to be changed.
    return modify(ref, part, tree -> patch.applyTo(tree).deepCopy(), now);
  }

  /**
   * Reads, changes and writes an object in one go.
   *
   * @param change is given a tree of its own and returns the object as it is to be, in a tree that
   *     nobody else keeps; it must not call the cluster
   * @throws ApiFailure 404, 409 if the change sets another resourceVersion, 422
   */
  public StoredObject modify(
      ObjectRef ref, Part part, UnaryOperator<ObjectNode> change, Instant now) {
    return locked(() -> {
      StoredObject before = get(ref);
      ObjectNode old = before.tree();
      ObjectNode wanted = change.apply(old.deepCopy());
      WriteRules.checkPreconditions(before, wanted, false);
      return write(before, WriteRules.update(ref, old, part, wanted), now);
    });
  }

  /**
   * Renews a lease: the same as a {@link #modify} that sets its spec.renewTime, at a fraction of
   * the cost, since that is most of what is ever written to a cluster.
   *
   * @return the lease as it is now; empty if it is not there
   * @throws ApiFailure as {@link #modify}
   */
  public Optional<StoredObject> renewLease(ObjectRef lease, String renewTime, Instant now) {
    return locked(() ->
        find(lease)
            .map(before -> {
              Optional<StoredObject> renewed = before.renewed(renewTime, revision + 1);
              if (renewed.isEmpty()) {
                return modify(lease, Part.MAIN, tree -> withRenewTime(tree, renewTime), now);
              }
              return renewed.get().isSameButVersion(before) ? before : store(renewed.get(), now);
            }));
  }

  private static ObjectNode withRenewTime(ObjectNode lease, String renewTime) {
    Json.child(lease, "spec").put("renewTime", renewTime);
    return lease;
  }

  /**
   * Deletes an object. A pod that runs on a node is given time to end; it is gone when it is
   * deleted again with no grace period, which is what its kubelet does.
   *
   * @throws ApiFailure 404, 409 if the preconditions do not hold, 403 for a permanent namespace
   */
  public Deletion delete(ObjectRef ref, DeleteOptions options, Instant now) {
    return locked(() -> terminate(get(ref), options, now));
  }

  /** Deletes everything that a query selects. */
  public ObjectPage deleteAll(ListQuery query, DeleteOptions options, Instant now) {
    return locked(() -> {
      ObjectPage page = list(query, PageRequest.ALL);
      page.items().forEach(object -> terminate(object, options, now));
      return page;
    });
  }

  /**
   * Binds a pod to a node, as a scheduler does.
   *
   * @throws ApiFailure 404, 409 if it is bound already
   */
  public StoredObject bind(ObjectRef pod, String nodeName, Instant now) {
    return locked(() -> {
      StoredObject before = get(pod);
      if (!before.nodeName().isEmpty()) {
        String why = "pod %s is already assigned to node \"%s\"";
        throw ApiFailure.conflict(pod, why.formatted(pod.name(), before.nodeName()));
      }
      ObjectNode tree = before.tree();
      Json.child(tree, "spec").put("nodeName", nodeName);
      ObjectNode status = Json.child(tree, "status");
      status
          .withArray("/conditions")
          .addObject()
          .put("type", "PodScheduled")
          .put("status", "True")
          .put("lastTransitionTime", Json.time(now));
      return write(before, tree, now);
    });
  }

  /**
   * A list, or a page of it, that is true at one version.
   *
   * @throws ApiFailure 410 if the version is no longer kept, 504 if it is yet to come, 400
   */
  public ObjectPage list(ListQuery query, PageRequest page) {
    return locked(() -> new Listing(store(query.type()), revision).page(query, page));
  }

  /**
   * Follows what a query selects.
   *
   * @param since the version after which to begin; empty or {@code 0}: what is there comes first,
   *     as added
   * @param onChange is called, under the cluster's lock, after each change of the type: it may wake
   *     somebody and must do nothing else
   * @throws ApiFailure 410 if the version is no longer kept, 400 if it is none
   */
  public Watch watch(ListQuery query, String since, Runnable onChange) {
    return locked(() -> {
      ChangeLog log = store(query.type()).log();
      Watch.Start start;
      if (since.isEmpty() || since.equals("0")) {
        Iterator<StoredObject> items = list(query, PageRequest.ALL).items().iterator();
        start = new Watch.Start(items, log.end(), revision);
      } else {
        long after = Listing.version(since);
        if (after < log.compacted()) {
          throw ApiFailure.expired(
              "too old resource version: %d (%d)".formatted(after, log.compacted()));
        }
        Iterator<StoredObject> none = Collections.emptyIterator();
        start = new Watch.Start(none, log.positionAfter(after), after);
      }
      List<Runnable> list = subscribers(query.type());
      list.add(onChange);
      var handle = new Watch.Handle(() -> list.remove(onChange), () -> revision);
      return new Watch(lock, log, query, start, handle);
    });
  }

  /** Forgets every change up to a version: older watches and lists are answered with 410. */
  public void compact(long upTo) {
    locked(() -> {
      stores.values().forEach(store -> store.log().compact(Math.min(upTo, revision)));
      return upTo;
    });
  }

  /** Does what a request would do, and leaves everything as it is: {@code dryRun=All}. */
  public <T> T rehearse(Supplier<T> request) {
    return locked(() -> {
      isRehearsal = true;
      try {
        return request.get();
      } finally {
        isRehearsal = false;
      }
    });
  }

  /**
   * Does several things in one go: nothing else takes effect meanwhile.
   *
   * @param action may call the cluster; must not wait for anybody
   */
  public <T> T alone(Supplier<T> action) {
    return locked(action);
  }

  /** Tells of every change from now on, under the cluster's lock, before anybody else sees it. */
  public void listen(ChangeListener listener) {
    listeners.add(listener);
  }

  private StoredObject write(StoredObject before, ObjectNode tree, Instant now) {
    if (Termination.isOver(tree)) {
      return remove(before.type(), tree);
    }
    StoredObject after = nextVersion(before.type(), tree);
    return after.isSameButVersion(before) ? before : store(after, now);
  }

  private Deletion terminate(StoredObject object, DeleteOptions options, Instant now) {
    boolean namespace = object.type() == ResourceType.NAMESPACES;
    if (namespace && PERMANENT_NAMESPACES.contains(object.name())) {
      throw ApiFailure.forbidden(object.ref(), "this namespace may not be deleted");
    }
    Termination termination = Termination.of(object, options, now);
    if (!termination.isRemoval()) {
      return new Deletion(write(object, termination.tree(), now), false);
    }
    if (namespace) {
      removeAllIn(object.name());
    }
    return new Deletion(remove(object.type(), termination.tree()), true);
  }

  /** What a namespace controller would do: nothing outlives its namespace. */
  private void removeAllIn(String namespace) {
    for (ResourceType type : ResourceType.values()) {
      if (type.isNamespaced()) {
        ListQuery query = new ListQuery(type, namespace, ListQuery.all(type).filter());
        List<StoredObject> left = new ArrayList<>(list(query, PageRequest.ALL).items());
        left.forEach(object -> remove(type, object.tree()));
      }
    }
  }

  private StoredObject commit(ResourceType type, ObjectNode tree, Instant now) {
    return store(nextVersion(type, tree), now);
  }

  private StoredObject store(StoredObject object, Instant now) {
    if (!isRehearsal) {
      boolean isNew = store(object.type()).find(object.key()).isEmpty();
      revision = object.resourceVersion();
      store(object.type()).put(object);
      if (object.type() == ResourceType.EVENTS) {
        eventExpiry.written(object.key(), now);
      }
      tell(isNew ? WatchEvent.Type.ADDED : WatchEvent.Type.MODIFIED, object);
    }
    return object;
  }

  private StoredObject remove(ResourceType type, ObjectNode tree) {
    StoredObject last = nextVersion(type, tree);
    if (!isRehearsal) {
      revision = last.resourceVersion();
      store(type).remove(last);
      if (type == ResourceType.EVENTS) {
        eventExpiry.removed(last.key());
      }
      tell(WatchEvent.Type.DELETED, last);
    }
    return last;
  }

  private void tell(WatchEvent.Type type, StoredObject object) {
    if (!listeners.isEmpty()) {
      WatchEvent event = new WatchEvent(type, object);
      listeners.forEach(listener -> listener.changed(event));
    }
    subscribers(object.type()).forEach(Runnable::run);
  }

  private StoredObject nextVersion(ResourceType type, ObjectNode tree) {
    Json.child(tree, "metadata").put("resourceVersion", Long.toString(revision + 1));
    return StoredObject.of(type, tree);
  }

  private void expireEvents(Instant now) {
    Optional<String> due = isRehearsal ? Optional.empty() : eventExpiry.due(now);
    while (due.isPresent()) {
      store(ResourceType.EVENTS)
          .find(due.get())
          .ifPresent(event -> remove(ResourceType.EVENTS, event.tree()));
      eventExpiry.removed(due.get());
      due = eventExpiry.due(now);
    }
  }

  private ResourceStore store(ResourceType type) {
    ResourceStore store = stores.get(type);
    if (store == null) {
      throw new IllegalStateException("no store for " + type);
    }
    return store;
  }

  private List<Runnable> subscribers(ResourceType type) {
    return subscribers.getOrDefault(type, List.of());
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
