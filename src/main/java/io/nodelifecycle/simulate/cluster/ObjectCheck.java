package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.config.value.Quoted;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Checks what a simulation reads of an object, and what an API server would insist on. */
final class ObjectCheck {
  private static final int NAME_MAX = 253;
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
  private static final List<String> STATUSES = List.of("True", "False", "Unknown");
  private static final List<String> PHASES =
      List.of("Pending", "Running", "Succeeded", "Failed", "Unknown");

  private ObjectCheck() {}

  /**
   * Checks a node, a pod or a DaemonSet.
   *
   * @param problems told everything that is wrong with it
   */
  static void check(PlacedObject object, Consumer<String> problems) {
    var fields =
        new CheckedFields(
            object.tree(), "", (field, what) -> problems.accept(object.problem(field, what)));
    metadata(fields, !object.kind().equals("Node"));
    switch (object.kind()) {
      case "Node" -> node(fields);
      case "Pod" -> pod(fields);
      case "DaemonSet" -> daemonSet(fields);
      default -> throw new IllegalArgumentException("no check for " + object.kind());
    }
  }

  private static void metadata(CheckedFields object, boolean isNamespaced) {
    var metadata = object.needFields("metadata");
    name(metadata, "name");
    if (isNamespaced) {
      name(metadata, "namespace");
    }
    metadata.text("uid");
    metadata.texts("labels");
    metadata.texts("annotations");
    metadata.time("creationTimestamp");
    metadata.time("deletionTimestamp");
    for (var owner : metadata.elements("ownerReferences")) {
      owner.needText("kind");
      owner.needText("name");
      owner.bool("controller");
    }
  }

  private static void name(CheckedFields metadata, String field) {
    var name = metadata.needText(field);
    if (!name.isEmpty() && (name.length() > NAME_MAX || !NAME.matcher(name).matches())) {
      metadata.refuse(
          field, Quoted.of(name) + " is no name of small letters, digits, hyphens and dots");
    }
  }

  private static void node(CheckedFields node) {
    var spec = node.fields("spec");
    spec.bool("unschedulable");
    var seen = new HashSet<String>();
    for (var taint : spec.elements("taints")) {
      var key = taint.needText("key");
      var effect = taint.needText("effect");
      taint.word("effect", EFFECTS);
      taint.text("value");
      taint.time("timeAdded");
      if (!key.isEmpty() && !seen.add(key + ":" + effect)) {
        taint.refuse("", Quoted.of(key + ":" + effect) + " is there twice");
      }
    }
    conditions(node);
  }

  private static void conditions(CheckedFields object) {
    for (var condition : object.fields("status").elements("conditions")) {
      condition.needText("type");
      condition.needText("status");
      condition.word("status", STATUSES);
      condition.time("lastHeartbeatTime");
      condition.time("lastTransitionTime");
    }
  }

  private static void pod(CheckedFields pod) {
    var spec = pod.needFields("spec");
    spec.text("nodeName");
    containers(spec);
    tolerations(spec);
    pod.fields("status").word("phase", PHASES);
    conditions(pod);
  }

  private static void containers(CheckedFields spec) {
    var containers = spec.elements("containers");
    if (containers.isEmpty()) {
      spec.refuse("containers", "has no container");
    }
    for (var container : containers) {
      container.needText("name");
      container.needText("image");
    }
  }

  private static void tolerations(CheckedFields spec) {
    for (var toleration : spec.elements("tolerations")) {
      var key = toleration.text("key");
      var operator = toleration.text("operator");
      toleration.word("operator", List.of("Exists", "Equal", "Lt", "Gt"));
      toleration.word("effect", EFFECTS);
      toleration.text("value");
      toleration.wholeNumber("tolerationSeconds");
      if (key.isEmpty() && !operator.equals("Exists")) {
        toleration.refuse("key", "is missing; only operator Exists goes without one");
      }
    }
  }

  private static void daemonSet(CheckedFields daemonSet) {
    var spec = daemonSet.needFields("spec");
    spec.needFields("selector").texts("matchLabels");
    var template = spec.needFields("template");
    template.fields("metadata").texts("labels");
    containers(template.needFields("spec"));
  }
}
