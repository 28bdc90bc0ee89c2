package io.nodelifecycle.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.FieldSelector;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.LabelSelector;
import io.nodelifecycle.sandbox.resource.ObjectFilter;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SandboxClusterTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");

  private final SandboxCluster cluster = new SandboxCluster(3, 8, NOW);

  private StoredObject pod(String name, String nodeName) {
    return pod(cluster, name, nodeName);
  }

  private static StoredObject pod(SandboxCluster cluster, String name, String nodeName) {
    var body =
        Json.object(
            """
            {"metadata": {"name": "%s"},
             "spec": {"nodeName": "%s", "containers": [{"name": "c", "image": "i"}]}}
            """
                .formatted(name, nodeName));
    return cluster.create(ResourceType.PODS, "default", body, NOW);
  }

  private static ListQuery podsOf(String nodeName) {
    var fields = FieldSelector.parse(ResourceType.PODS, "spec.nodeName=" + nodeName);
    return new ListQuery(ResourceType.PODS, "", new ObjectFilter(LabelSelector.ALL, fields));
  }

  private List<String> names(ListQuery query) {
    return cluster.list(query, PageRequest.ALL).items().stream().map(StoredObject::name).toList();
  }

  @Test
  void sameSeedAndSameCallsGiveSameBytes() {
    var one = pod(new SandboxCluster(9, 8, NOW), "p", "n");
    var two = pod(new SandboxCluster(9, 8, NOW), "p", "n");
    var other = pod(new SandboxCluster(10, 8, NOW), "p", "n");

    assertThat(one.json()).isEqualTo(two.json());
    assertThat(one.uid()).isNotEqualTo(other.uid());
  }

  @Test
  void podsAreIndexedByNodeAsTheyComeAndGo() {
    pod("a", "n1");
    pod("b", "n2");
    pod("c", "n1");
    cluster.create(
        ResourceType.PODS,
        "default",
        Json.object(
            """
            {"metadata": {"name": "d"}, "spec": {"containers": [{"name": "c", "image": "i"}]}}
            """),
        NOW);
    assertThat(names(podsOf("n1"))).containsExactly("a", "c");

    cluster.bind(ObjectRef.pod("default", "d"), "n1", NOW);
    cluster.delete(ObjectRef.pod("default", "a"), DeleteOptions.NOW, NOW);

    assertThat(names(podsOf("n1"))).containsExactly("c", "d");
    assertThat(names(podsOf("n2"))).containsExactly("b");
    assertThat(names(podsOf("n3"))).isEmpty();
  }

  @Test
  void objectsAreOrderedByNamespaceThenName() {
    for (var namespace : List.of("b", "a-b", "a")) {
      var body = Json.object("{\"metadata\": {\"name\": \"" + namespace + "\"}}");
      cluster.create(ResourceType.NAMESPACES, "", body, NOW);
      for (var name : List.of("y", "x")) {
        var lease = Json.object("{\"metadata\": {\"name\": \"" + name + "\"}}");
        cluster.create(ResourceType.LEASES, namespace, lease, NOW);
      }
    }

    var keys =
        cluster.list(ListQuery.all(ResourceType.LEASES), PageRequest.ALL).items().stream()
            .map(StoredObject::key);

    assertThat(keys).containsExactly("a-b/x", "a-b/y", "a/x", "a/y", "b/x", "b/y");
    assertThat(names(new ListQuery(ResourceType.LEASES, "a", ObjectFilter.ALL)))
        .containsExactly("x", "y");
  }

  @Test
  void pagesOfAnOldVersionUndoEveryKindOfChange() {
    for (var name : List.of("a", "c", "e", "g")) {
      pod(name, "n1");
    }
    var page = cluster.list(podsOf("n1"), PageRequest.first(1));
    cluster.delete(ObjectRef.pod("default", "c"), DeleteOptions.NOW, NOW);
    pod("d", "n1");
    cluster.modify(ObjectRef.pod("default", "e"), Part.STATUS, t -> t, NOW);
    cluster.delete(ObjectRef.pod("default", "g"), DeleteOptions.NOW, NOW);
    pod("g", "n2");

    var seen = new ArrayList<String>();
    page.items().forEach(object -> seen.add(object.key()));
    while (!page.continueToken().isEmpty()) {
      page = cluster.list(podsOf("n1"), PageRequest.first(1).next(page.continueToken()));
      page.items().forEach(object -> seen.add(object.key()));
    }

    assertThat(seen).containsExactly("default/a", "default/c", "default/e", "default/g");
    assertThat(names(podsOf("n1"))).containsExactly("a", "d", "e");
  }

  @Test
  void aPageTokenLivesAsLongAsTheHistory() {
    pod("a", "n");
    pod("b", "n");
    var all = ListQuery.all(ResourceType.PODS);
    var token = cluster.list(all, PageRequest.first(1)).continueToken();
    for (var i = 0; i < 8; i++) {
      assertThat(cluster.list(all, PageRequest.first(1).next(token)).items()).hasSize(1);
      pod("late-" + i, "n");
    }
    assertThat(cluster.list(all, PageRequest.first(9).next(token)).items()).hasSize(1);

    pod("too-late", "n");

    assertThatThrownBy(() -> cluster.list(all, PageRequest.first(1).next(token)))
        .isInstanceOfSatisfying(
            ApiFailure.class, failure -> assertThat(failure.code()).isEqualTo(410));
  }

  @Test
  void aWatchThatFallsBehindTheHistoryIsToldSo() {
    var query = ListQuery.all(ResourceType.PODS);
    try (var watch = cluster.watch(query, Long.toString(cluster.revision()), () -> {})) {
      for (var i = 0; i < 8; i++) {
        pod("p" + i, "n");
      }
      assertThat(watch.poll(3)).hasSize(3);
      for (var i = 0; i < 3; i++) {
        pod("q" + i, "n");
      }
      assertThat(watch.poll(1)).hasSize(1);
      for (var i = 0; i < 5; i++) {
        pod("r" + i, "n");
      }

      assertThatThrownBy(() -> watch.poll(1)).isInstanceOf(ApiFailure.class);
    }
  }

  @Test
  void aWatchWakesItsSubscriberUntilClosed() {
    var wakes = new AtomicInteger();
    var watch = cluster.watch(ListQuery.all(ResourceType.PODS), "", wakes::incrementAndGet);

    pod("a", "n");
    cluster.create(ResourceType.NODES, "", Json.object("{\"metadata\": {\"name\": \"n\"}}"), NOW);
    assertThat(wakes).hasValue(1);
    assertThat(watch.isBehind()).isTrue();
    assertThat(watch.poll(10)).hasSize(1);
    assertThat(watch.revision()).isEqualTo(cluster.revision());

    watch.close();
    pod("b", "n");
    assertThat(wakes).hasValue(1);
  }

  @Test
  void aRehearsalChangesNothing() {
    var before = cluster.revision();

    var rehearsed = cluster.rehearse(() -> pod("a", "n"));

    assertThat(rehearsed.name()).isEqualTo("a");
    assertThat(cluster.find(rehearsed.ref())).isEmpty();
    assertThat(cluster.revision()).isEqualTo(before);
    pod("a", "n");
    assertThat(cluster.revision()).isEqualTo(before + 1);
  }

  @Test
  void eventsAreForgottenAnHourAfterTheyWereLastWritten() {
    var first = event("first", NOW);
    event("second", NOW.plusSeconds(1));
    cluster.modify(first.ref(), Part.MAIN, tree -> tree.put("count", 2), NOW.plusSeconds(2));

    event("late", NOW.plus(Duration.ofHours(1)));
    assertThat(names(ListQuery.all(ResourceType.EVENTS)))
        .containsExactly("first", "late", "second");
    event("later", NOW.plus(Duration.ofHours(1)).plusSeconds(1));
    assertThat(names(ListQuery.all(ResourceType.EVENTS))).containsExactly("first", "late", "later");
  }

  private StoredObject event(String name, Instant now) {
    var body =
        Json.object(
            """
            {"metadata": {"name": "%s"}, "involvedObject": {"kind": "Node", "name": "n"}}
            """
                .formatted(name));
    return cluster.create(ResourceType.EVENTS, "default", body, now);
  }

  @Test
  void nothingOutlivesItsNamespace() {
    var body = Json.object("{\"metadata\": {\"name\": \"team\"}}");
    cluster.create(ResourceType.NAMESPACES, "", body, NOW);
    var lease = Json.object("{\"metadata\": {\"name\": \"l\"}}");
    cluster.create(ResourceType.LEASES, "team", lease, NOW);

    cluster.delete(new ObjectRef(ResourceType.NAMESPACES, "", "team"), DeleteOptions.GRACEFUL, NOW);

    assertThat(names(ListQuery.all(ResourceType.LEASES))).isEmpty();
  }

  @Test
  void aChangeSetsADaemonSetsGenerationOnlyByItsSpec() {
    var body =
        Json.object(
            """
            {"metadata": {"name": "agent"}, "spec": {"selector": {"matchLabels": {"a": "b"}},
             "template": {"metadata": {"labels": {"a": "b"}},
                          "spec": {"containers": [{"name": "c", "image": "i"}]}}}}
            """);
    var ref = cluster.create(ResourceType.DAEMONSETS, "default", body, NOW).ref();

    var labelled =
        cluster.modify(
            ref,
            Part.MAIN,
            tree -> {
              Json.child(Json.child(tree, "metadata"), "labels").put("x", "y");
              return tree;
            },
            NOW);
    var changed =
        cluster.modify(
            ref,
            Part.MAIN,
            tree -> {
              Json.child(tree, "spec").put("minReadySeconds", 5);
              return tree;
            },
            NOW);

    assertThat(Json.at(labelled.tree(), "metadata", "generation").asInt()).isEqualTo(1);
    assertThat(Json.at(changed.tree(), "metadata", "generation").asInt()).isEqualTo(2);
  }

  @Test
  void whatIsRestoredKeepsItsUidTimesAndStatus() {
    var body =
        Json.object(
            """
            {"metadata": {"name": "p", "namespace": "shop", "uid": "u-7", "resourceVersion": "900",
              "creationTimestamp": "2025-01-02T03:04:05Z", "managedFields": [{"manager": "m"}],
              "deletionTimestamp": "2026-03-04T05:06:30Z", "deletionGracePeriodSeconds": 30},
             "spec": {"nodeName": "n1", "containers": [{"name": "c", "image": "i"}]},
             "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}}
            """);
    var pod = cluster.restore(ResourceType.PODS, body, NOW);

    assertThat(pod.uid()).isEqualTo("u-7");
    assertThat(pod.resourceVersion()).isEqualTo(cluster.revision()).isLessThan(900);
    assertThat(pod.isReady()).isTrue();
    assertThat(pod.isTerminating()).isTrue();
    assertThat(Json.text(pod.tree(), "metadata", "creationTimestamp"))
        .isEqualTo("2025-01-02T03:04:05Z");
    assertThat(pod.tree().path("metadata").has("managedFields")).isFalse();
    assertThat(cluster.find(new ObjectRef(ResourceType.NAMESPACES, "", "shop"))).isPresent();
    assertThat(names(podsOf("n1"))).containsExactly("p");
    assertThatThrownBy(() -> cluster.restore(ResourceType.PODS, body, NOW))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("already exists");
  }

  @Test
  void whatIsRestoredIsGivenWhatItLacks() {
    var node = Json.object("{\"metadata\": {\"name\": \"n1\"}}");
    var restored = cluster.restore(ResourceType.NODES, node, NOW);

    assertThat(restored.uid()).hasSize(36);
    assertThat(restored.tree().path("spec").has("taints")).isFalse();
    assertThat(Json.text(restored.tree(), "metadata", "creationTimestamp"))
        .isEqualTo("2026-03-04T05:06:07Z");
  }

  @Test
  void refusesAHistoryOfNothing() {
    assertThatThrownBy(() -> new SandboxCluster(1, 0, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
