package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.model.NodeLabels;
import io.nodelifecycle.kubernetes.mapping.JsonCursor.FieldReader;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the mappers read of every object: its kind, its metadata, and the fields of a Status, which
 * an API server may send in place of any object. Filled anew for each object.
 */
final class ObjectHeader {
  private static final String MIRROR = "kubernetes.io/config.mirror";

  String kind = "";
  String name = "";
  String namespace = "";
  String uid = "";
  String resourceVersion = "";
  boolean isTerminating;
  boolean isMirror;
  boolean isOfDaemonSet;
  @Nullable Instant creationTimestamp;

  private final JsonCursor json;
  private final LabelChoice labelChoice;
  private final FieldReader metadataReader = this::readMetadata;
  private final FieldReader labelReader = this::readLabel;
  private final FieldReader annotationReader = this::readAnnotation;
  private final FieldReader ownerReader = this::readOwnerField;
  private final Map<String, String> labels = new TreeMap<>();
  private int code;
  private String ownerKind = "";
  private boolean isController;
  private String reason = "";
  private String message = "";

  /** Which labels are read. */
  enum LabelChoice {
    NONE,
    /** Those of {@link NodeLabels}. */
    OF_NODES,
    ALL
  }

  ObjectHeader(JsonCursor json, LabelChoice labelChoice) {
    this.json = json;
    this.labelChoice = labelChoice;
  }

  void clear() {
    kind = "";
    name = "";
    namespace = "";
    uid = "";
    resourceVersion = "";
    isTerminating = false;
    isMirror = false;
    isOfDaemonSet = false;
    creationTimestamp = null;
    labels.clear();
    code = 0;
    reason = "";
    message = "";
  }

  /** Reads a field of the object itself; false if it is none of those that all objects have. */
  boolean read(String field) {
    switch (field) {
      case "kind" -> kind = json.text();
      case "metadata" -> json.object(metadataReader);
      case "code" -> code = ApiStatus.httpCode(json.number().orElse(0));
      case "reason" -> reason = json.text();
      case "message" -> message = json.text();
      default -> {
        return false;
      }
    }
    return true;
  }

  ApiStatus status() {
    return new ApiStatus(code, reason, message);
  }

  Map<String, String> labels() {
    return Map.copyOf(labels);
  }

  /** Why the object cannot be used, if it cannot. */
  Optional<String> problem(boolean needsNamespace) {
    if (name.isEmpty()) {
      return Optional.of("it has no metadata.name");
    }
    if (needsNamespace && namespace.isEmpty()) {
      return Optional.of("it has no metadata.namespace");
    }
    if (uid.isEmpty()) {
      return Optional.of("it has no metadata.uid");
    }
    return resourceVersion.isEmpty()
        ? Optional.of("it has no metadata.resourceVersion")
        : Optional.empty();
  }

  /** As logs show it. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  private void readMetadata(String field) {
    switch (field) {
      case "name" -> name = json.text();
      case "namespace" -> namespace = json.text();
      case "uid" -> uid = json.text();
      case "resourceVersion" -> resourceVersion = json.text();
      case "creationTimestamp" -> creationTimestamp = Timestamps.clamped(json.text()).orElse(null);
      case "deletionTimestamp" -> isTerminating = !json.text().isEmpty();
      case "labels" -> json.object(labelReader);
      case "annotations" -> json.object(annotationReader);
      case "ownerReferences" -> json.array(this::readOwner);
      default -> json.skip();
    }
  }

  private void readLabel(String label) {
    var isWanted =
        switch (labelChoice) {
          case NONE -> false;
          case OF_NODES -> NodeLabels.ALL.contains(label);
          case ALL -> true;
        };
    if (isWanted) {
      labels.put(label, json.text());
    } else {
      json.skip();
    }
  }

  private void readOwner() {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    ownerKind = "";
    isController = false;
    json.object(ownerReader);
    isOfDaemonSet |= isController && ownerKind.equals("DaemonSet");
  }

  private void readOwnerField(String field) {
    switch (field) {
      case "kind" -> ownerKind = json.text();
      case "controller" -> isController = json.isTrue();
      default -> json.skip();
    }
  }

  private void readAnnotation(String annotation) {
    isMirror |= annotation.equals(MIRROR);
    json.skip();
  }
}
