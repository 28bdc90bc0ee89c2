package io.nodelifecycle.twin;

import static io.nodelifecycle.twin.TwinServer.version;
import static io.nodelifecycle.twin.WriteBehaviour.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The three ways to patch. */
interface PatchBehaviour {
  TwinServer server();

  @Test
  default void aMergePatchMergesObjectsAndReplacesLists() {
    var path = server().node();
    server().merge(path, "{'metadata': {'labels': {'a': '1', 'b': '2'}}}").orThrow();

    var node =
        server()
            .merge(
                path,
                "{'metadata': {'labels': {'a': null, 'c': '3'}},"
                    + " 'spec': {'taints': [{'key': 'k', 'effect': 'NoExecute'}]}}")
            .orThrow();

    assertThat(node.at("/metadata/labels").propertyNames()).containsExactly("b", "c");
    assertThat(values(node.at("/spec/taints"), "key")).containsExactly("k");
  }

  @Test
  default void anEmptyListIsNoList() {
    var path = server().node();

    var node = server().merge(path, "{'spec': {'taints': []}}").orThrow();

    assertThat(node.at("/spec/taints").isMissingNode()).isTrue();
  }

  @Test
  default void aVersionInAPatchIsAPrecondition() {
    var path = server().node();
    var old = server().version(path);
    var patch = "{'metadata': {'resourceVersion': '%s'}, 'spec': {'unschedulable': %s}}";

    var first = server().merge(path, patch, old, "true");
    var second = server().strategic(path, patch, old, "false");
    var third = server().strategic(path, patch, version(first.orThrow()), "false");

    assertRefused(second, 409, "Conflict");
    assertThat(third.status()).isEqualTo(200);
  }

  @Test
  default void identityCannotBePatched() {
    var path = server().node();

    assertRefused(server().merge(path, "{'metadata': {'uid': 'other'}}"), 422, "Invalid");
    assertRefused(server().merge(path, "{'metadata': {'name': 'other'}}"), 400, "BadRequest");
    assertRefused(server().merge("/api/v1/nodes/nobody", "{}"), 404, "NotFound");
  }

  @Test
  default void patchesOfUnknownTypeOrFormAreRefused() {
    var path = server().node();
    var api = server().api();

    assertRefused(api.send("PATCH", path, "text/plain", "{}"), 415, "UnsupportedMediaType");
    assertRefused(api.send("PATCH", path, "application/json", "{}"), 415, "UnsupportedMediaType");
    assertRefused(server().merge(path, "[]"), 422, "Invalid");
    assertRefused(server().jsonPatch(path, "{'op': 'remove'}"), 400, "BadRequest");
  }

  @Test
  default void aStrategicPatchMergesConditionsByType() {
    var path = server().node() + "/status";
    server()
        .strategic(
            path,
            "{'status': {'conditions': ["
                + "{'type': 'Ready', 'status': 'True', 'reason': 'KubeletReady'},"
                + "{'type': 'DiskPressure', 'status': 'False'}]}}")
        .orThrow();

    var node =
        server()
            .strategic(
                path,
                "{'status': {'conditions': ["
                    + "{'type': 'PIDPressure', 'status': 'False'},"
                    + "{'type': 'Ready', 'status': 'Unknown'}]}}")
            .orThrow();

    var conditions = node.at("/status/conditions");
    assertThat(values(conditions, "type"))
        .containsExactlyInAnyOrder("PIDPressure", "Ready", "DiskPressure");
    assertThat(values(conditions, "type").indexOf("PIDPressure"))
        .isLessThan(values(conditions, "type").indexOf("Ready"));
    var ready = conditions.get(values(conditions, "type").indexOf("Ready"));
    assertThat(ready.path("status").asString()).isEqualTo("Unknown");
    assertThat(ready.path("reason").asString()).isEqualTo("KubeletReady");
  }

  @Test
  default void aStrategicPatchKeepsTheOrderThatItNames() {
    var path = server().node() + "/status";
    server()
        .strategic(
            path,
            "{'status': {'conditions': [{'type': 'A', 'status': 'True'},"
                + "{'type': 'B', 'status': 'True'}, {'type': 'C', 'status': 'True'}]}}")
        .orThrow();

    var node =
        server()
            .strategic(
                path,
                "{'status': {'$setElementOrder/conditions': ["
                    + "{'type': 'D'}, {'type': 'C'}, {'type': 'A'}],"
                    + "'conditions': [{'type': 'B', '$patch': 'delete'},"
                    + "{'type': 'D', 'status': 'True'}]}}")
            .orThrow();

    assertThat(values(node.at("/status/conditions"), "type")).containsExactly("D", "C", "A");
  }

  @Test
  default void aStrategicPatchReplacesAListThatSaysSo() {
    var path = server().node() + "/status";
    server()
        .strategic(path, "{'status': {'conditions': [{'type': 'A', 'status': 'True'}]}}")
        .orThrow();

    var node =
        server()
            .strategic(
                path,
                "{'status': {'conditions': [{'type': 'B', 'status': 'True'},"
                    + "{'$patch': 'replace'}]}}")
            .orThrow();

    assertThat(values(node.at("/status/conditions"), "type")).containsExactly("B");
  }

  @Test
  default void taintsAndTolerationsAreReplacedAsAWhole() {
    var path = server().node();
    var node =
        server()
            .strategic(path, "{'spec': {'taints': [{'key': 'k', 'effect': 'NoExecute'}]}}")
            .orThrow();
    assertThat(values(node.at("/spec/taints"), "key")).containsExactly("k");

    var pod = server().pod(server().namespace(), "p", "n");
    server()
        .strategic(pod, "{'spec': {'tolerations': [{'key': 'a', 'operator': 'Exists'}]}}")
        .orThrow();
    var refused =
        server().strategic(pod, "{'spec': {'tolerations': [{'key': 'b', 'operator': 'Exists'}]}}");
    assertRefused(refused, 422, "Invalid");
  }

  @Test
  default void containersAreMergedByName() {
    var pod = server().pod(server().namespace(), "p", "n");

    var changed =
        server()
            .strategic(
                pod, "{'spec': {'containers': [{'name': 'main', 'image': 'registry/main:2'}]}}")
            .orThrow();

    assertThat(changed.at("/spec/containers/0/image").asString()).isEqualTo("registry/main:2");
    assertThat(changed.at("/spec/containers/0/imagePullPolicy").asString())
        .isEqualTo("IfNotPresent");
  }

  @Test
  default void finalizersAreMergedAsASet() {
    var path = server().node();
    server().strategic(path, "{'metadata': {'finalizers': ['a.io/x', 'a.io/y']}}").orThrow();

    var added =
        server().strategic(path, "{'metadata': {'finalizers': ['a.io/z', 'a.io/x']}}").orThrow();
    var removed =
        server()
            .strategic(path, "{'metadata': {'$deleteFromPrimitiveList/finalizers': ['a.io/x']}}")
            .orThrow();

    assertThat(texts(added.at("/metadata/finalizers")))
        .containsExactlyInAnyOrder("a.io/x", "a.io/y", "a.io/z");
    assertThat(texts(removed.at("/metadata/finalizers")))
        .containsExactlyInAnyOrder("a.io/y", "a.io/z");
    server().merge(path, "{'metadata': {'finalizers': null}}").orThrow();
  }

  @Test
  default void aStrategicPatchDropsKeysThatAreNotRetained() {
    var path = server().node();
    server().strategic(path, "{'metadata': {'labels': {'a': '1', 'b': '2'}}}").orThrow();

    var node =
        server().strategic(path, "{'metadata': {'labels': {'$patch': 'replace', 'c': '3'}}}");

    assertThat(node.orThrow().at("/metadata/labels").propertyNames()).containsExactly("c");
  }

  @Test
  default void aJsonPatchCarriesOutItsOperations() {
    var path = server().node();
    server().merge(path, "{'metadata': {'labels': {'a': '1', 'b': '2'}}}").orThrow();

    var node =
        server()
            .jsonPatch(
                path,
                """
                [{'op': 'test', 'path': '/metadata/labels/a', 'value': '1'},
                 {'op': 'move', 'from': '/metadata/labels/a', 'path': '/metadata/labels/x~1y'},
                 {'op': 'copy', 'from': '/metadata/labels/b', 'path': '/metadata/labels/c'},
                 {'op': 'replace', 'path': '/metadata/labels/b', 'value': '4'},
                 {'op': 'add', 'path': '/spec/taints/-',
                  'value': {'key': 'k', 'effect': 'NoExecute'}},
                 {'op': 'remove', 'path': '/spec/taints/0'}]
                """)
            .orThrow();

    assertThat(node.at("/metadata/labels"))
        .isEqualTo(TwinServer.json("{'b': '4', 'c': '2', 'x/y': '1'}"));
    assertThat(values(node.at("/spec/taints"), "key")).containsExactly("k");
  }

  @Test
  default void aJsonPatchThatDoesNotFitChangesNothing() {
    var path = server().node();
    var before = server().version(path);
    var add = "[{'op': 'add', 'path': '/spec/unschedulable', 'value': true}, %s]";

    for (var broken :
        List.of(
            "{'op': 'test', 'path': '/metadata/name', 'value': 'other'}",
            "{'op': 'replace', 'path': '/metadata/nothing/x', 'value': 'v'}",
            "{'op': 'remove', 'path': '/metadata/nothing'}",
            "{'op': 'twist', 'path': '/metadata/name'}")) {
      assertRefused(server().jsonPatch(path, add, broken.replace('\'', '"')), 422, "Invalid");
    }
    assertThat(server().version(path)).isEqualTo(before);
  }

  private static List<String> values(JsonNode list, String property) {
    return list.valueStream().map(element -> element.path(property).asString()).toList();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
