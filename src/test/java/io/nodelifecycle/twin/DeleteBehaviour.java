package io.nodelifecycle.twin;

import static io.nodelifecycle.twin.WriteBehaviour.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Deleting objects, at once and gracefully. */
interface DeleteBehaviour {
  TwinServer server();

  @Test
  default void aNodeGoesAtOnce() {
    var path = server().node();
    var uid = server().get(path).at("/metadata/uid");

    var answer = server().api().delete(path).orThrow();

    assertThat(answer.path("kind").asString()).isEqualTo("Status");
    assertThat(answer.path("status").asString()).isEqualTo("Success");
    assertThat(answer.at("/details/uid")).isEqualTo(uid);
    assertThat(server().api().get(path).status()).isEqualTo(404);
    assertRefused(server().api().delete(path), 404, "NotFound");
  }

  @Test
  default void aBoundPodIsGivenItsTimeUntilItsKubeletDeletesIt() {
    var path = server().pod(server().namespace(), "p", "n");

    var terminating = server().api().delete(path).orThrow();
    var again = server().api().delete(path).orThrow();

    assertThat(terminating.path("kind").asString()).isEqualTo("Pod");
    assertThat(terminating.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
    var created = time(terminating, "creationTimestamp");
    assertThat(time(terminating, "deletionTimestamp"))
        .isBetween(created.plusSeconds(30), created.plusSeconds(40));
    assertThat(again).isEqualTo(server().get(path));
    assertThat(again.at("/metadata/resourceVersion"))
        .isEqualTo(terminating.at("/metadata/resourceVersion"));

    server().delete(path, "{'gracePeriodSeconds': 0}").orThrow();
    assertThat(server().api().get(path).status()).isEqualTo(404);
  }

  @Test
  default void theTimeCanBeMadeShorterNotLonger() {
    var path = server().pod(server().namespace(), "p", "n");
    var first = server().api().delete(path).orThrow();

    var shorter = server().api().delete(path + "?gracePeriodSeconds=5").orThrow();
    var longer = server().api().delete(path + "?gracePeriodSeconds=50").orThrow();

    assertThat(shorter.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(5);
    assertThat(
            Duration.between(time(shorter, "deletionTimestamp"), time(first, "deletionTimestamp")))
        .isEqualTo(Duration.ofSeconds(25));
    assertThat(longer.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(5);
  }

  @Test
  default void podsThatDoNotRunGoAtOnce() {
    var namespace = server().namespace();
    var pods = "/api/v1/namespaces/" + namespace + "/pods";
    server()
        .create(
            pods,
            "{'metadata': {'name': 'unbound'},"
                + " 'spec': {'containers': [{'name': 'c', 'image': 'i'}]}}");
    var ended = server().pod(namespace, "ended", "n");
    server().merge(ended + "/status", "{'status': {'phase': 'Succeeded'}}").orThrow();

    server().api().delete(pods + "/unbound").orThrow();
    server().api().delete(ended).orThrow();

    assertThat(server().names(pods)).isEmpty();
  }

  @Test
  default void preconditionsProtectAnotherObjectOfTheName() {
    var path = server().pod(server().namespace(), "p", "n");
    var pod = server().get(path);

    assertRefused(server().delete(path, "{'preconditions': {'uid': 'other'}}"), 409, "Conflict");
    assertRefused(
        server().delete(path, "{'preconditions': {'resourceVersion': '1'}}"), 409, "Conflict");
    assertThat(server().get(path)).isEqualTo(pod);
    var right =
        server()
            .delete(
                path,
                "{'gracePeriodSeconds': 0, 'preconditions': {'uid': %s, 'resourceVersion': %s}}",
                pod.at("/metadata/uid"),
                pod.at("/metadata/resourceVersion"));
    assertThat(right.status()).isEqualTo(200);
    assertThat(server().api().get(path).status()).isEqualTo(404);
  }

  @Test
  default void finalizersHoldAnObject() {
    var path = server().node();
    server().merge(path, "{'metadata': {'finalizers': ['a.io/wait']}}").orThrow();

    var held = server().api().delete(path).orThrow();

    assertThat(held.path("kind").asString()).isEqualTo("Node");
    assertThat(server().get(path).at("/metadata/deletionTimestamp").asString()).isNotEmpty();
    server().merge(path, "{'metadata': {'finalizers': null}}").orThrow();
    assertThat(server().api().get(path).status()).isEqualTo(404);
  }

  @Test
  default void aTerminatingPodStaysSo() {
    var path = server().pod(server().namespace(), "p", "n");
    server().api().delete(path).orThrow();

    var changed =
        server().merge(path, "{'metadata': {'deletionTimestamp': null, 'labels': {'a': 'b'}}}");

    if (changed.isSuccess()) {
      assertThat(changed.body().at("/metadata/deletionTimestamp").asString()).isNotEmpty();
    }
    assertThat(server().get(path).at("/metadata/deletionTimestamp").asString()).isNotEmpty();
  }

  @Test
  default void aCollectionIsDeletedBySelector() {
    var namespace = server().namespace();
    server().pod(namespace, "a", "n");
    server().pod(namespace, "b", "n");
    server().pod(namespace, "c", "n");
    var pods = "/api/v1/namespaces/" + namespace + "/pods";

    var deleted =
        server().api().delete(pods + "?labelSelector=name+in+(a,c)&gracePeriodSeconds=0").orThrow();

    assertThat(TwinServer.names(deleted)).containsExactlyInAnyOrder("a", "c");
    assertThat(server().names(pods)).containsExactly("b");
    assertRefused(
        server().api().delete(pods + "?fieldSelector=spec.colour%3Dred"), 400, "BadRequest");
  }

  @Test
  default void anEvictionTerminatesAPod() {
    var path = server().pod(server().namespace(), "p", "n");
    var eviction =
        "{'apiVersion': 'policy/v1beta1', 'kind': 'Eviction', 'metadata': {'name': 'p'}}";

    var answer = server().post(path + "/eviction", eviction);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(server().get(path).at("/metadata/deletionTimestamp").asString()).isNotEmpty();
  }

  @Test
  default void theDefaultNamespaceStays() {
    assertRefused(server().api().delete("/api/v1/namespaces/default"), 403, "Forbidden");
  }

  private static Instant time(JsonNode object, String field) {
    return Instant.parse(object.at("/metadata/" + field).asString());
  }
}
