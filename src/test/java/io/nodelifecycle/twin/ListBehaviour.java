package io.nodelifecycle.twin;

import static io.nodelifecycle.twin.TwinServer.names;
import static io.nodelifecycle.twin.TwinServer.version;
import static io.nodelifecycle.twin.WriteBehaviour.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Lists: selectors, pages and versions. */
interface ListBehaviour {
  TwinServer server();

  /** Five pods, w1 to w5: odd ones on node-a, even ones on node-b; the path of their list. */
  private String fivePods() {
    var namespace = server().namespace();
    for (var i = 1; i <= 5; i++) {
      var path = server().pod(namespace, "w" + i, i % 2 == 1 ? "node-a" : "node-b");
      server()
          .merge(path, "{'metadata': {'labels': {'n': '%d', 'odd': '%d'}}}", i, i % 2)
          .orThrow();
    }
    return "/api/v1/namespaces/" + namespace + "/pods";
  }

  @Test
  default void labelSelectorsSelect() {
    var pods = fivePods();
    server().merge(pods + "/w4", "{'metadata': {'labels': {'x': 'y'}}}").orThrow();
    var expected =
        Map.of(
            "odd=1", List.of("w1", "w3", "w5"),
            "odd==0", List.of("w2", "w4"),
            "odd!=1", List.of("w2", "w4"),
            "n in (1, 2)", List.of("w1", "w2"),
            "n notin (1,2)", List.of("w3", "w4", "w5"),
            "x", List.of("w4"),
            "!x", List.of("w1", "w2", "w3", "w5"),
            "x notin (y)", List.of("w1", "w2", "w3", "w5"),
            "odd=1,n!=3", List.of("w1", "w5"),
            "n>3", List.of("w4", "w5"));

    expected.forEach((selector, names) ->
        assertThat(server().names(pods + "?labelSelector=" + encoded(selector)))
            .as(selector)
            .containsExactlyElementsOf(names));
    for (var broken : List.of("a b", "a in 1", "=1", "n>x")) {
      assertRefused(
          server().api().get(pods + "?labelSelector=" + encoded(broken)), 400, "BadRequest");
    }
  }

  @Test
  default void fieldSelectorsSelect() {
    var pods = fivePods();
    server().merge(pods + "/w1/status", "{'status': {'phase': 'Running'}}").orThrow();
    var expected =
        Map.of(
            "spec.nodeName=node-a", List.of("w1", "w3", "w5"),
            "spec.nodeName==node-b", List.of("w2", "w4"),
            "spec.nodeName!=node-a", List.of("w2", "w4"),
            "spec.nodeName=node-c", List.<String>of(),
            "metadata.name=w2", List.of("w2"),
            "metadata.name!=w2,spec.nodeName=node-b", List.of("w4"),
            "status.phase=Running", List.of("w1"),
            "status.phase!=Running,spec.nodeName=node-a", List.of("w3", "w5"));

    expected.forEach((selector, names) ->
        assertThat(server().names(pods + "?fieldSelector=" + encoded(selector)))
            .as(selector)
            .containsExactlyElementsOf(names));
    for (var broken : List.of("spec.colour=red", "spec.nodeName", "metadata.labels=a")) {
      assertRefused(
          server().api().get(pods + "?fieldSelector=" + encoded(broken)), 400, "BadRequest");
    }
  }

  @Test
  default void podsOfANodeAreFoundInAllNamespaces() {
    var node = server().newName("node");
    server().pod(server().namespace(), "a", node);
    server().pod(server().namespace(), "b", node);
    server().pod(server().namespace(), "c", "elsewhere-" + node);

    assertThat(server().names("/api/v1/pods?fieldSelector=spec.nodeName%3D" + node))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  default void nodesAreSelectedByNameAndCordon() {
    var first = server().node();
    var name = server().get(first).at("/metadata/name").asString();
    server().merge(first, "{'spec': {'unschedulable': true}}").orThrow();
    server().node();

    assertThat(server().names("/api/v1/nodes?fieldSelector=metadata.name%3D" + name))
        .containsExactly(name);
    assertThat(server().names("/api/v1/nodes?fieldSelector=spec.unschedulable%3Dtrue"))
        .contains(name);
    assertThat(server().names("/api/v1/nodes?fieldSelector=spec.unschedulable%3Dfalse"))
        .doesNotContain(name)
        .isNotEmpty();
  }

  @Test
  default void eventsAreSelectedByWhatTheyAreAbout() {
    var namespace = server().namespace();
    var events = "/api/v1/namespaces/" + namespace + "/events";
    for (var name : List.of("a", "b")) {
      server()
          .create(
              events,
              "{'metadata': {'name': 'e%s'}, 'reason': 'R%s', 'type': 'Normal',"
                  + " 'involvedObject': {'kind': 'Pod', 'namespace': '%s', 'name': '%s',"
                  + " 'uid': 'u%s'}}",
              name,
              name,
              namespace,
              name,
              name);
    }

    for (var selector :
        List.of(
            "involvedObject.name=b",
            "involvedObject.kind=Pod,involvedObject.uid=ub",
            "involvedObject.namespace=" + namespace + ",involvedObject.name!=a",
            "reason=Rb,type=Normal")) {
      assertThat(server().names(events + "?fieldSelector=" + encoded(selector)))
          .as(selector)
          .containsExactly("eb");
    }
  }

  @Test
  default void pagesShowOneVersionWhateverHappensMeanwhile() {
    var pods = fivePods();
    var first = server().get(pods + "?limit=2");
    server().merge(pods + "/w4", "{'metadata': {'labels': {'late': 'yes'}}}").orThrow();
    server().api().delete(pods + "/w3?gracePeriodSeconds=0").orThrow();
    server().pod(pods.split("/")[4], "w33", "node-a");

    var second = server().get(pods + "?limit=2&continue=" + token(first));
    var third = server().get(pods + "?limit=2&continue=" + token(second));

    assertThat(names(first)).containsExactly("w1", "w2");
    assertThat(names(second)).containsExactly("w3", "w4");
    assertThat(second.at("/items/1/metadata/labels/late").isMissingNode()).isTrue();
    assertThat(names(third)).containsExactly("w5");
    assertThat(token(third)).isEmpty();
    assertThat(List.of(version(second), version(third))).containsOnly(version(first));
    assertThat(server().names(pods)).containsExactly("w1", "w2", "w33", "w4", "w5");
  }

  @Test
  default void pagesAndSelectorsGoTogether() {
    var pods = fivePods();

    var first = server().get(pods + "?limit=2&fieldSelector=spec.nodeName%3Dnode-a");
    var second =
        server()
            .get(pods + "?limit=2&fieldSelector=spec.nodeName%3Dnode-a&continue=" + token(first));

    assertThat(names(first)).containsExactly("w1", "w3");
    assertThat(names(second)).containsExactly("w5");
    assertThat(token(second)).isEmpty();
  }

  @Test
  default void aTokenThatIsTooOldCanOnlyBeContinuedInconsistently() {
    var pods = fivePods();
    var first = server().get(pods + "?limit=2");
    server().api().delete(pods + "/w3?gracePeriodSeconds=0").orThrow();
    server().compact(server().version(pods));

    var expired = server().api().get(pods + "?limit=9&continue=" + token(first));
    var onwards = server().get(pods + "?limit=9&continue=" + token(expired.body()));

    assertRefused(expired, 410, "Expired");
    assertThat(names(onwards)).containsExactly("w4", "w5");
    assertThat(server().names(pods + "?limit=9")).containsExactly("w1", "w2", "w4", "w5");
  }

  @Test
  default void aListCanBeOfAnEarlierVersion() {
    var pods = fivePods();
    var version = server().version(pods);
    server().api().delete(pods + "/w3?gracePeriodSeconds=0").orThrow();
    var now = version(server().get(pods));

    var exact = server().get(pods + "?resourceVersionMatch=Exact&resourceVersion=" + version);
    var limited = server().get(pods + "?limit=9&resourceVersion=" + version);
    var fresh =
        server()
            .get(pods + "?limit=9&resourceVersionMatch=NotOlderThan&resourceVersion=" + version);

    assertThat(names(exact)).containsExactly("w1", "w2", "w3", "w4", "w5");
    assertThat(version(exact)).isEqualTo(version);
    assertThat(names(limited)).containsExactly("w1", "w2", "w3", "w4", "w5");
    assertThat(names(fresh)).containsExactly("w1", "w2", "w4", "w5");
    server().compact(now);
    assertRefused(
        server().api().get(pods + "?resourceVersionMatch=Exact&resourceVersion=" + version),
        410,
        "Expired");
  }

  @Test
  default void refusesVersionsThatMakeNoSense() {
    var pods = fivePods();
    var api = server().api();

    assertRefused(api.get(pods + "?resourceVersionMatch=Exact"), 422, "Invalid");
    assertRefused(api.get(pods + "?resourceVersionMatch=Exact&resourceVersion=0"), 422, "Invalid");
    assertRefused(api.get(pods + "?resourceVersionMatch=Nearly&resourceVersion=0"), 422, "Invalid");
    var token = token(server().get(pods + "?limit=2"));
    assertRefused(
        api.get(pods + "?limit=2&resourceVersion=5&continue=" + token), 400, "BadRequest");
    assertRefused(api.get(pods + "?limit=2&continue=nonsense"), 400, "BadRequest");
    assertRefused(api.get(pods + "?limit=many"), 400, "BadRequest");
  }

  @Test
  default void refusesAVersionThatIsYetToCome() {
    assertRefused(server().api().get("/api/v1/nodes?resourceVersion=999999999"), 504, "Timeout");
  }

  private static String token(JsonNode list) {
    return list.at("/metadata/continue").asString("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
