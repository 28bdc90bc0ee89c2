package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.ApiFailure.Cause;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules whose breach a client would notice: the API server answers 422 Invalid. */
final class Validation {
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";
  private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
  private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);
  private static final Set<String> TAINT_EFFECTS =
      Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private static final String POD_FIELDS =
      "pod updates may not change fields other than `spec.containers[*].image`,"
          + " `spec.initContainers[*].image`, `spec.activeDeadlineSeconds` or `spec.tolerations`"
          + " (only additions to existing tolerations)";

  private Validation() {}

  /** Checks an object as it would be stored. */
  static void check(ObjectRef ref, ObjectNode tree) {
    List<Cause> causes = new ArrayList<>();
    name(ref, causes);
    strings(tree, "labels", causes);
    strings(tree, "annotations", causes);
    switch (ref.type()) {
      case NODES -> taints(tree, causes);
      case PODS -> containers(tree.path("spec"), "spec.containers", causes);
      case DAEMONSETS -> daemonSet(tree, causes);
      case EVENTS -> event(ref, tree, causes);
      case LEASES -> lease(tree, causes);
      case NAMESPACES -> {}
    }
    if (!causes.isEmpty()) {
      throw ApiFailure.invalid(ref, causes);
    }
  }

  /** Checks what may not change in an object's life. */
  static void checkChange(ObjectRef ref, ObjectNode before, ObjectNode after) {
    List<Cause> causes = new ArrayList<>();
    String uid = Json.text(after, "metadata", "uid");
    if (!uid.equals(Json.text(before, "metadata", "uid"))) {
      causes.add(Cause.invalid("metadata.uid", quoted(uid), "field is immutable"));
    }
    if (ref.type() == ResourceType.PODS && !isSamePod(before, after)) {
      causes.add(Cause.forbidden("spec", POD_FIELDS));
    }
    if (ref.type() == ResourceType.DAEMONSETS
        && !Json.at(before, "spec", "selector").equals(Json.at(after, "spec", "selector"))) {
      String selector = Json.at(after, "spec", "selector").toString();
      causes.add(Cause.invalid("spec.selector", selector, "field is immutable"));
    }
    if (!causes.isEmpty()) {
      throw ApiFailure.invalid(ref, causes);
    }
  }

  private static void name(ObjectRef ref, List<Cause> causes) {
    String name = ref.name();
    boolean label = ref.type() == ResourceType.NAMESPACES;
    Pattern pattern = label ? LABEL_PATTERN : SUBDOMAIN_PATTERN;
    if (name.isEmpty()) {
      causes.add(Cause.required("metadata.name", "name or generateName is required"));
    } else if (!pattern.matcher(name).matches() || name.length() > (label ? 63 : 253)) {
      String what =
          label
              ? "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                  + " '-', and must start and end with an alphanumeric character (e.g. 'my-name', "
                  + " or '123-abc', regex used for validation is '"
                  + LABEL
                  + "')"
              : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                  + " characters, '-' or '.', and must start and end with an alphanumeric"
                  + " character (e.g. 'example.com', regex used for validation is '"
                  + SUBDOMAIN
                  + "')";
      causes.add(Cause.invalid("metadata.name", quoted(name), what));
    }
  }

  private static void strings(ObjectNode tree, String name, List<Cause> causes) {
    for (Map.Entry<String, JsonNode> entry : Json.at(tree, "metadata", name).properties()) {
      if (!entry.getValue().isString()) {
        throw ApiFailure.badRequest(
            "metadata.%s: the value of %s is not a string".formatted(name, entry.getKey()));
      }
      if (entry.getKey().isBlank()) {
        causes.add(Cause.invalid("metadata." + name, "\"\"", "name part must be non-empty"));
      }
    }
  }

  private static void taints(ObjectNode tree, List<Cause> causes) {
    JsonNode taints = Json.at(tree, "spec", "taints");
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < taints.size(); i++) {
      String field = "spec.taints[" + i + "]";
      String key = Json.text(taints.get(i), "key");
      String effect = Json.text(taints.get(i), "effect");
      if (key.isEmpty()) {
        causes.add(Cause.required(field + ".key", ""));
      }
      if (!TAINT_EFFECTS.contains(effect)) {
        causes.add(
            new Cause(
                "FieldValueNotSupported",
                "Unsupported value: %s: supported values: %s"
                    .formatted(quoted(effect), String.join(", ", TAINT_EFFECTS)),
                field + ".effect"));
      }
      if (seen.contains(key + ":" + effect)) {
        String value = taints.get(i).toString();
        causes.add(new Cause("FieldValueDuplicate", "Duplicate value: " + value, field));
      }
      seen.add(key + ":" + effect);
    }
  }

  private static void containers(JsonNode spec, String field, List<Cause> causes) {
    JsonNode containers = spec.path("containers");
    if (!(containers instanceof ArrayNode) || containers.isEmpty()) {
      causes.add(Cause.required(field, ""));
    }
    for (int i = 0; i < containers.size(); i++) {
      for (String wanted : List.of("name", "image")) {
        if (Json.text(containers.get(i), wanted).isEmpty()) {
          causes.add(Cause.required(field + "[" + i + "]." + wanted, ""));
        }
      }
    }
  }

  private static void daemonSet(ObjectNode tree, List<Cause> causes) {
    JsonNode template = Json.at(tree, "spec", "template");
    JsonNode labels = Json.at(template, "metadata", "labels");
    JsonNode wanted = Json.at(tree, "spec", "selector", "matchLabels");
    boolean matches =
        wanted.properties().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())));
    if (!matches || Json.at(tree, "spec", "selector").isEmpty()) {
      String why = "`selector` does not match template `labels`";
      causes.add(Cause.invalid("spec.template.metadata.labels", labels.toString(), why));
    }
    containers(template.path("spec"), "spec.template.spec.containers", causes);
  }

  private static void event(ObjectRef ref, ObjectNode tree, List<Cause> causes) {
    String namespace = Json.text(tree, "involvedObject", "namespace");
    boolean about =
        namespace.isEmpty() ? "default".equals(ref.namespace()) : namespace.equals(ref.namespace());
    if (!about) {
      String why = "does not match event.namespace";
      causes.add(Cause.invalid("involvedObject.namespace", quoted(namespace), why));
    }
  }

  private static void lease(ObjectNode tree, List<Cause> causes) {
    JsonNode seconds = Json.at(tree, "spec", "leaseDurationSeconds");
    if (!seconds.isMissingNode() && seconds.asLong(0) <= 0) {
      causes.add(
          Cause.invalid("spec.leaseDurationSeconds", seconds.toString(), "must be greater than 0"));
    }
  }

  /** Whether nothing of the spec changes but what may. */
  private static boolean isSamePod(ObjectNode before, ObjectNode after) {
    return before.path("spec").equals(after.path("spec"))
        || (fixed(before).equals(fixed(after)) && keepsTolerations(before, after));
  }

  /** Tolerations may be added, and the seconds of one may change, but none may go. */
  private static boolean keepsTolerations(ObjectNode before, ObjectNode after) {
    List<JsonNode> kept =
        Json.at(after, "spec", "tolerations").valueStream().map(Validation::timeless).toList();
    return Json.at(before, "spec", "tolerations")
        .valueStream()
        .allMatch(toleration -> kept.contains(timeless(toleration)));
  }

  private static JsonNode timeless(JsonNode toleration) {
    JsonNode copy = toleration.deepCopy();
    if (copy instanceof ObjectNode object) {
      object.remove("tolerationSeconds");
    }
    return copy;
  }

  /** The spec of a pod without what may be changed in it. */
  private static JsonNode fixed(ObjectNode pod) {
    if (!(pod.get("spec") instanceof ObjectNode original)) {
      return Json.object();
    }
    ObjectNode spec = original.deepCopy();
    spec.remove(List.of("activeDeadlineSeconds", "tolerations"));
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : spec.path(list)) {
        if (container instanceof ObjectNode object) {
          object.remove("image");
        }
      }
    }
    return spec;
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
