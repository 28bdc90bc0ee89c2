package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.ApiFailure.Cause;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of an object that a client wants to write. */
final class WriteRules {
  private static final List<String> SERVER_FIELDS =
      List.of("selfLink", "managedFields", "deletionTimestamp", "deletionGracePeriodSeconds");

  private WriteRules() {}

  /** Checks that a body is of the type, and in the namespace, that the request was sent to. */
  static void checkTarget(ResourceType type, String namespace, ObjectNode body) {
    String kind = Json.text(body, "kind");
    String version = Json.text(body, "apiVersion");
    if (!kind.isEmpty() && !kind.equals(type.kind())) {
      throw ApiFailure.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: unknown conversion"
              .formatted(kind, version, type.kind()));
    }
    if (!version.isEmpty() && !version.equals(type.group().apiVersion())) {
      throw ApiFailure.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: no kind \"%s\" is registered for version"
                  .formatted(type.kind(), version, type.kind(), type.kind())
              + " \""
              + version
              + "\"");
    }
    String sent = Json.text(body, "metadata", "namespace");
    if (!sent.isEmpty() && !sent.equals(namespace)) {
      throw ApiFailure.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    for (String part : List.of("metadata", "spec", "status")) {
      JsonNode value = body.path(part);
      if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
        throw ApiFailure.badRequest(part + " must be an object");
      }
    }
  }

  /** The new object; its version is not set yet. */
  static ObjectNode create(ResourceType type, String namespace, ObjectNode body, Birth birth) {
    checkTarget(type, namespace, body);
    ObjectNode tree = body.deepCopy();
    ObjectNode metadata = Json.child(tree, "metadata");
    if (!Json.text(metadata, "resourceVersion").isEmpty()) {
      throw ApiFailure.badRequest("resourceVersion should not be set on objects to be created");
    }
    metadata.remove(SERVER_FIELDS);
    String generate = Json.text(metadata, "generateName");
    if (Json.text(metadata, "name").isEmpty() && !generate.isEmpty()) {
      metadata.put("name", generate + birth.suffix());
    }
    if (type.isNamespaced()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("uid", birth.uid());
    metadata.put("creationTimestamp", Json.time(birth.time()));
    Defaults.onCreate(type, tree);
    Validation.check(new ObjectRef(type, namespace, Json.text(metadata, "name")), tree);
    return tree;
  }

  /** An object as another cluster had it; its version is not set yet. */
  static ObjectNode restore(ResourceType type, String namespace, ObjectNode body, Birth birth) {
    checkTarget(type, namespace, body);
    ObjectNode tree = body.deepCopy();
    ObjectNode metadata = Json.child(tree, "metadata");
    metadata.remove(List.of("selfLink", "managedFields", "resourceVersion"));
    if (Json.text(metadata, "uid").isEmpty()) {
      metadata.put("uid", birth.uid());
    }
    if (Json.text(metadata, "creationTimestamp").isEmpty()) {
      metadata.put("creationTimestamp", Json.time(birth.time()));
    }
    Defaults.onWrite(type, tree);
    Validation.check(new ObjectRef(type, namespace, Json.text(metadata, "name")), tree);
    return tree;
  }

  /** What a new object is given. */
  record Birth(String uid, String suffix, Instant time) {}

  /**
   * The object after an update: what the client may not write is as it was.
   *
   * @param old the object before; its parts become parts of the result
   * @param tree the whole object as the client wants it; it is changed into the result
   */
  static ObjectNode update(ObjectRef ref, ObjectNode old, Part part, ObjectNode tree) {
    checkTarget(ref.type(), ref.namespace(), tree);
    keepMetadata(old, tree);
    if (part == Part.STATUS) {
      Json.setOrRemove(tree, "spec", old.path("spec"));
      if (ref.type() == ResourceType.PODS) {
        JsonNode owners = Json.at(old, "metadata", "ownerReferences");
        Json.setOrRemove(Json.child(tree, "metadata"), "ownerReferences", owners);
      }
    } else if (ref.type().hasStatus()) {
      Json.setOrRemove(tree, "status", old.path("status"));
    }
    Defaults.onWrite(ref.type(), tree);
    Validation.check(ref, tree);
    Validation.checkChange(ref, old, tree);
    if (ref.type() == ResourceType.DAEMONSETS && !tree.path("spec").equals(old.path("spec"))) {
      long generation = Json.at(old, "metadata", "generation").asLong(0);
      Json.child(tree, "metadata").put("generation", generation + 1);
    }
    return tree;
  }

  /** Checks the name and the preconditions that an update carries in its metadata. */
  static void checkPreconditions(StoredObject before, ObjectNode wanted, boolean wholeObject) {
    ObjectRef ref = before.ref();
    String name = Json.text(wanted, "metadata", "name");
    if (name.isEmpty()) {
      throw ApiFailure.badRequest(
          "the name of the object (%s based on URL) was undeterminable: name must be provided"
              .formatted(ref.name()));
    }
    if (!name.equals(ref.name())) {
      throw ApiFailure.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, ref.name()));
    }
    String uid = Json.text(wanted, "metadata", "uid");
    if (wholeObject && !uid.isEmpty() && !uid.equals(before.uid())) {
      throw ApiFailure.conflict(
          ref,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, before.uid()));
    }
    String version = Json.text(wanted, "metadata", "resourceVersion");
    if (version.isEmpty() && ref.type() == ResourceType.LEASES) {
      throw ApiFailure.invalid(
          ref,
          List.of(
              Cause.invalid("metadata.resourceVersion", "0x0", "must be specified for an update")));
    }
    if (!version.isEmpty() && !version.equals(Long.toString(before.resourceVersion()))) {
      throw ApiFailure.conflict(
          ref,
          "the object has been modified; please apply your changes to the latest version and try"
              + " again");
    }
  }

  private static void keepMetadata(ObjectNode old, ObjectNode tree) {
    ObjectNode metadata = Json.child(tree, "metadata");
    metadata.remove(SERVER_FIELDS);
    metadata.remove("generation");
    for (String field :
        List.of(
            "name",
            "namespace",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generation",
            "resourceVersion")) {
      Json.setOrRemove(metadata, field, Json.at(old, "metadata", field));
    }
    if (Json.text(metadata, "uid").isEmpty()) {
      metadata.set("uid", Json.at(old, "metadata", "uid"));
    }
  }
}
