package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a deletion makes of an object: pods are given time to end, objects with finalizers wait for
 * these to be taken off, everything else goes at once.
 *
 * @param tree the object after it
 * @param isRemoval whether it goes now
 */
record Termination(ObjectNode tree, boolean isRemoval) {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
  private static final String TIMESTAMP = "deletionTimestamp";
  private static final String GRACE = "deletionGracePeriodSeconds";

  static Termination of(StoredObject object, DeleteOptions options, Instant now) {
    checkPreconditions(object, options);
    ObjectNode tree = object.tree();
    ObjectNode metadata = Json.child(tree, "metadata");
    boolean held = !metadata.path("finalizers").isEmpty();
    long grace = object.type() == ResourceType.PODS ? grace(object, tree, options) : 0;
    if (metadata.has(TIMESTAMP)) {
      shorten(metadata, options, grace);
    } else if (grace > 0 || held || object.type() == ResourceType.PODS) {
      metadata.put(TIMESTAMP, Json.time(now.plusSeconds(grace)));
      metadata.put(GRACE, grace);
    }
    boolean over = metadata.path(GRACE).asLong(0) == 0;
    return new Termination(tree, over && !held);
  }

  /** Whether an object that was changed has nothing left to wait for. */
  static boolean isOver(ObjectNode tree) {
    JsonNode metadata = tree.path("metadata");
    return metadata.has(TIMESTAMP)
        && metadata.path(GRACE).asLong(0) == 0
        && metadata.path("finalizers").isEmpty();
  }

  private static void checkPreconditions(StoredObject object, DeleteOptions options) {
    if (!options.uid().isEmpty() && !options.uid().equals(object.uid())) {
      throw ApiFailure.conflict(
          object.ref(),
          "the UID in the precondition (%s) does not match the UID in record (%s). The object might"
                  .formatted(options.uid(), object.uid())
              + " have been deleted and then recreated");
    }
    String version = Long.toString(object.resourceVersion());
    if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(version)) {
      throw ApiFailure.conflict(
          object.ref(),
          "the ResourceVersion in the precondition (%s) does not match the ResourceVersion in"
                  .formatted(options.resourceVersion())
              + " record (%s). The object might have been modified".formatted(version));
    }
  }

  /** The time that a pod is given: none if it never ran, or has ended already. */
  private static long grace(StoredObject pod, ObjectNode tree, DeleteOptions options) {
    if (pod.nodeName().isEmpty() || ENDED.contains(pod.phase())) {
      return 0;
    }
    Long asked = options.gracePeriodSeconds();
    return asked != null
        ? asked
        : Json.at(tree, "spec", "terminationGracePeriodSeconds").asLong(30);
  }

  /** A second deletion can make the time shorter, never longer. */
  private static void shorten(ObjectNode metadata, DeleteOptions options, long grace) {
    long given = metadata.path(GRACE).asLong(0);
    if (options.gracePeriodSeconds() != null && grace < given) {
      Instant begun = Instant.parse(Json.text(metadata, TIMESTAMP)).minusSeconds(given);
      metadata.put(TIMESTAMP, Json.time(begun.plusSeconds(grace)));
      metadata.put(GRACE, grace);
    }
  }
}
