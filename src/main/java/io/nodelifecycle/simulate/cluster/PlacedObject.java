package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.sandbox.resource.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API object and where it stands.
 *
 * @param source the file's name or the API server's address
 * @param place within it, such as {@code items[17]}; empty for the whole
 * @param tree the object; it has a kind
 */
record PlacedObject(String source, String place, ObjectNode tree) {
  String kind() {
    return Json.text(tree, "kind");
  }

  String namespace() {
    return Json.text(tree, "metadata", "namespace");
  }

  String name() {
    return Json.text(tree, "metadata", "name");
  }

  /** Kind, namespace and name, as far as it has them. */
  String title() {
    var home = namespace().isEmpty() ? "" : Quoted.plain(namespace()) + "/";
    var own = name().isEmpty() ? "" : " " + home + Quoted.plain(name());
    return Quoted.plain(kind()) + own;
  }

  /** What is wrong with it, and where: file, place, object and field. */
  String problem(String field, String what) {
    var at = place.isEmpty() ? "" : place + " ";
    return source + ": " + at + title() + ": " + field + ": " + what;
  }
}
