package io.nodelifecycle.twin;

import static io.nodelifecycle.twin.TwinServer.told;
import static io.nodelifecycle.twin.TwinServer.version;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Watches: where they begin, what they show, how they end. */
interface WatchBehaviour {
  TwinServer server();

  @Test
  default void aWatchFromAVersionShowsWhatCameAfterIt() {
    var namespace = server().namespace();
    var pods = "/api/v1/namespaces/" + namespace + "/pods";
    var before = server().pod(namespace, "before", "n");
    var since = server().version(pods);
    server().merge(before, "{'metadata': {'labels': {'a': 'b'}}}").orThrow();
    server().pod(namespace, "after", "n");
    server().api().delete(before).orThrow();
    server().delete(before, "{'gracePeriodSeconds': 0}").orThrow();

    var events = server().allEvents(pods + "?resourceVersion=" + since);

    assertThat(told(events))
        .startsWith("MODIFIED before", "ADDED after", "MODIFIED before")
        .endsWith("DELETED before");
    var deleted = events.getLast().path("object");
    var terminating = events.get(2).path("object");
    assertThat(terminating.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
    assertThat(deleted.path("kind").asString()).isEqualTo("Pod");
    assertThat(Long.parseLong(version(deleted)))
        .isGreaterThan(Long.parseLong(version(terminating)));
  }

  @Test
  default void aWatchWithoutAVersionShowsWhatIsThereFirst() {
    var namespace = server().namespace();
    var pods = "/api/v1/namespaces/" + namespace + "/pods";
    server().pod(namespace, "a", "n");
    server().pod(namespace, "b", "n");

    for (var since : new String[] {"", "?resourceVersion=0"}) {
      assertThat(told(server().events(pods + since, 2)))
          .containsExactlyInAnyOrder("ADDED a", "ADDED b");
    }
  }

  @Test
  default void aWatchIsToldAtOnce() throws InterruptedException {
    var namespace = server().namespace();
    var pods = "/api/v1/namespaces/" + namespace + "/pods";
    var since = server().version(pods);
    var api = server().api();
    var seen = new LinkedBlockingQueue<String>();

    try (var _ =
        api.watch(
            pods + "?resourceVersion=" + since,
            event -> seen.add(event.at("/object/metadata/name").asString()))) {
      for (var name : List.of("one", "two")) {
        server().pod(namespace, name, "n");
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isEqualTo(name);
      }
    }
  }

  @Test
  default void anObjectEntersAndLeavesASelection() {
    var namespace = server().namespace();
    var pods = "/api/v1/namespaces/" + namespace + "/pods";
    var path = server().pod(namespace, "p", "n");
    server().pod(namespace, "other", "n");
    var since = server().version(pods);
    for (var value : new String[] {"'1'", "'2'", "null"}) {
      server().merge(path, "{'metadata': {'labels': {'in': %s}}}", value.replace('\'', '"'));
    }
    var left = server().version(path);

    var events = server().events(pods + "?labelSelector=in&resourceVersion=" + since, 3);

    assertThat(told(events)).containsExactly("ADDED p", "MODIFIED p", "DELETED p");
    var last = events.getLast().path("object");
    assertThat(last.at("/metadata/labels/in").asString()).isEqualTo("2");
    assertThat(version(last)).isEqualTo(left);
  }

  @Test
  default void fieldSelectorsHoldForWatches() {
    var namespace = server().namespace();
    var pods = "/api/v1/namespaces/" + namespace + "/pods";
    var since = server().version(pods);
    server().pod(namespace, "here", "n1");
    server().pod(namespace, "there", "n2");
    server().pod(namespace, "also-here", "n1");

    var byNode = "?fieldSelector=spec.nodeName%3Dn1&resourceVersion=" + since;
    assertThat(told(server().allEvents(pods + byNode)))
        .containsExactly("ADDED here", "ADDED also-here");
    var byName = "?fieldSelector=metadata.name%3Dthere&resourceVersion=" + since;
    assertThat(told(server().allEvents(pods + byName))).containsExactly("ADDED there");
  }

  @Test
  default void aWatchOfAllNamespacesShowsEach() {
    var node = server().newName("node");
    var since = server().version("/api/v1/pods");
    server().pod(server().namespace(), "a", node);
    server().pod(server().namespace(), "b", node);

    var query = "?fieldSelector=spec.nodeName%3D" + node + "&resourceVersion=" + since;
    assertThat(told(server().events("/api/v1/pods" + query, 2)))
        .containsExactly("ADDED a", "ADDED b");
  }

  @Test
  default void aWatchFromACompactedVersionIsToldSoAndEnds() {
    server().node();
    server().forget();

    var events = server().allEvents("/api/v1/nodes?resourceVersion=1");

    assertThat(events).hasSize(1);
    var event = events.getFirst();
    assertThat(event.path("type").asString()).isEqualTo("ERROR");
    assertThat(event.at("/object/kind").asString()).isEqualTo("Status");
    assertThat(event.at("/object/code").asInt()).isEqualTo(410);
    assertThat(event.at("/object/reason").asString()).isEqualTo("Expired");
  }

  @Test
  default void aWatchFromALaterVersionWaitsForIt() {
    assertThat(server().allEvents("/api/v1/nodes?resourceVersion=999999999")).isEmpty();
  }

  @Test
  default void aSingleObjectIsReadAndNotWatched() {
    var path = server().node();
    var name = server().get(path).at("/metadata/name").asString();

    var answer = server().api().get(path + "?watch=true&timeoutSeconds=1");

    assertThat(answer.orThrow().at("/metadata/name").asString()).isEqualTo(name);
  }
}
