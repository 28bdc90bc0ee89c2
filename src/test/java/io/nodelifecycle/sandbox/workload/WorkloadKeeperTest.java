package io.nodelifecycle.sandbox.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.PageRequest;
import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkloadKeeperTest {
  private static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");

  private final SandboxCluster cluster = new SandboxCluster(7, 10_000, NOW);
  private final WorkloadKeeper keeper = new WorkloadKeeper(cluster);

  @ParameterizedTest
  @CsvSource({
    "ReplicaSet, web-5d8f, 5d8f, Deployment, web",
    "ReplicaSet, web-5d8f, '', ReplicaSet, web-5d8f",
    "ReplicaSet, web-5d8f, 9999, ReplicaSet, web-5d8f",
    "StatefulSet, db, '', StatefulSet, db",
    "DaemonSet, proxy, '', DaemonSet, proxy",
    "Job, once, '', Job, once",
    "Node, n1, '', Pod, p",
    "'', '', '', Pod, p",
  })
  void aPodBelongsToWhatItsOwnerAndLabelsSay(
      String ownerKind, String ownerName, String hash, String kind, String name) {
    pod("p", "n1", ownerKind, ownerName, hash);
    keeper.advance(NOW);
    assertThat(keeper.workloadOf("default", "p")).contains(new Workload("default", kind, name));
  }

  @Test
  void aReplicaSetReplacesAPodThatIsTerminatingOnTheNodeWithTheFewest() {
    nodes("n1", "n2", "n3");
    pod("a", "n1", "ReplicaSet", "web-1", "1");
    pod("b", "n2", "ReplicaSet", "web-1", "1");
    keeper.advance(NOW);
    delete("a");
    settle();
    assertThat(podsOn("n1")).containsExactly("a");
    assertThat(podsOn("n3")).singleElement().asString().startsWith("web-1-");
    assertThat(keeper.workloads()).containsExactly(new Workload("default", "Deployment", "web"));
    remove("a");
    settle();
    assertThat(cluster.count(ResourceType.PODS)).isEqualTo(2);
  }

  @Test
  void aStatefulSetReplacesAPodUnderItsNameOnceItIsGone() {
    nodes("n1", "n2");
    pod("db-0", "n1", "StatefulSet", "db", "");
    keeper.advance(NOW);
    var first = cluster.get(ObjectRef.pod("default", "db-0")).uid();
    delete("db-0");
    settle();
    assertThat(cluster.count(ResourceType.PODS)).isEqualTo(1);
    remove("db-0");
    settle();
    var second = cluster.get(ObjectRef.pod("default", "db-0"));
    assertThat(second.uid()).isNotEqualTo(first);
    assertThat(second.nodeName()).isEqualTo("n1");
  }

  @Test
  void aDaemonSetReplacesAPodOnItsNodeOnceThatIsReady() {
    nodes("n1", "n2", "n3");
    pod("d-1", "n1", "DaemonSet", "d", "");
    pod("d-2", "n2", "DaemonSet", "d", "");
    keeper.advance(NOW);
    change("n1", "False", "node.kubernetes.io/not-ready:NoExecute");
    remove("d-1");
    settle();
    assertThat(podsOn("n1")).isEmpty();
    change("n1", "True", "node.kubernetes.io/not-ready:NoExecute");
    settle();
    assertThat(podsOn("n1")).hasSize(1);
    assertThat(podsOn("n3")).isEmpty();
  }

  @Test
  void aDaemonSetThatWasEverywhereIsAlsoOnNodesThatJoin() {
    nodes("n1");
    pod("d-1", "n1", "DaemonSet", "d", "");
    keeper.advance(NOW);
    nodes("n2");
    settle();
    assertThat(podsOn("n2")).hasSize(1);
  }

  @Test
  void aPodThatNobodyOwnsIsLost() {
    nodes("n1");
    pod("p", "n1", "", "", "");
    keeper.advance(NOW);
    remove("p");
    settle();
    assertThat(cluster.count(ResourceType.PODS)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "True, false, '', true",
    "False, false, '', false",
    "Unknown, false, '', false",
    "True, true, '', false",
    "True, false, k:NoSchedule, false",
    "True, false, k:NoExecute, false",
    "True, false, k:PreferNoSchedule, true",
    "True, false, tolerated:NoSchedule, true",
  })
  void aPodWaitsUntilANodeTakesIt(
      String ready, boolean isCordoned, String taint, boolean takesPod) {
    nodes("n1");
    pod("a", "n1", "ReplicaSet", "web-1", "1");
    keeper.advance(NOW);
    change("n1", ready, taint);
    cordon("n1", isCordoned);
    keeper.advance(NOW);
    remove("a");
    settle();
    assertThat(podsOn("n1")).hasSize(takesPod ? 1 : 0);
    assertThat(podsOn("")).hasSize(takesPod ? 0 : 1);
    change("n1", "True", "");
    cordon("n1", false);
    settle();
    assertThat(podsOn("n1")).hasSize(1);
  }

  @Test
  void readyPodsAreCountedOnMachinesThatRun() {
    pod("a", "n1", "ReplicaSet", "web-1", "1");
    pod("b", "n2", "ReplicaSet", "web-1", "1");
    pod("c", "n1", "ReplicaSet", "web-1", "1");
    markReady("a");
    markReady("b");
    keeper.advance(NOW);
    var web = new Workload("default", "Deployment", "web");
    assertThat(keeper.readyPods(web, _ -> true)).isEqualTo(2);
    assertThat(keeper.readyPods(web, "n1"::equals)).isEqualTo(1);
  }

  @Test
  void replacesAllTheSameAfterFallingBehindTheHistory() {
    var small = new SandboxCluster(7, 4, NOW);
    var behind = new WorkloadKeeper(small);
    for (int i = 0; i < 10; i++) {
      create(small, "p" + i, "n1", "StatefulSet", "db", "");
    }
    behind.advance(NOW);
    behind.advance(NOW);
    for (int i = 0; i < 10; i++) {
      small.delete(ObjectRef.pod("default", "p" + i), DeleteOptions.NOW, NOW);
    }
    behind.advance(NOW);
    behind.advance(NOW);
    assertThat(small.count(ResourceType.PODS)).isEqualTo(10);
    behind.close();
  }

  /** Until nothing is due any more, which must come soon. */
  private void settle() {
    for (int round = 0; round < 5; round++) {
      keeper.advance(NOW);
    }
    assertThat(keeper.nextDue()).isEqualTo(Instant.MAX);
  }

  private void nodes(String... names) {
    for (var name : names) {
      var node =
          """
          {"metadata": {"name": "%s"},
           "status": {"conditions": [{"type": "Ready", "status": "True"}]}}
          """;
      cluster.restore(ResourceType.NODES, Json.object(node.formatted(name)), NOW);
    }
  }

  private void pod(String name, String node, String kind, String owner, String hash) {
    create(cluster, name, node, kind, owner, hash);
  }

  private static void create(
      SandboxCluster cluster, String name, String node, String... ownerAndHash) {
    var pod =
        Json.object(
            """
            {"metadata": {"name": "%s"},
             "spec": {"nodeName": "%s", "containers": [{"name": "c", "image": "i:1"}],
              "tolerations": [{"key": "tolerated", "operator": "Exists"}]}}
            """
                .formatted(name, node));
    var metadata = Json.child(pod, "metadata");
    if (!ownerAndHash[0].isEmpty()) {
      metadata
          .putArray("ownerReferences")
          .addObject()
          .put("kind", ownerAndHash[0])
          .put("name", ownerAndHash[1])
          .put("controller", true);
    }
    if (!ownerAndHash[2].isEmpty()) {
      metadata.putObject("labels").put("pod-template-hash", ownerAndHash[2]);
    }
    cluster.create(ResourceType.PODS, "default", pod, NOW);
  }

  private void delete(String pod) {
    cluster.delete(ObjectRef.pod("default", pod), DeleteOptions.GRACEFUL, NOW);
  }

  private void remove(String pod) {
    cluster.delete(ObjectRef.pod("default", pod), DeleteOptions.NOW, NOW);
  }

  private List<String> podsOn(String node) {
    return cluster.list(ListQuery.all(ResourceType.PODS), PageRequest.ALL).items().stream()
        .filter(pod -> pod.nodeName().equals(node))
        .map(StoredObject::name)
        .toList();
  }

  private void change(String node, String ready, String taint) {
    cluster.modify(
        ObjectRef.node(node),
        Part.MAIN,
        tree -> {
          var taints = Json.child(tree, "spec").putArray("taints");
          if (!taint.isEmpty()) {
            int colon = taint.indexOf(':');
            taints
                .addObject()
                .put("key", taint.substring(0, colon))
                .put("effect", taint.substring(colon + 1));
          }
          return tree;
        },
        NOW);
    markReady(ObjectRef.node(node), ready);
  }

  private void cordon(String node, boolean isCordoned) {
    cluster.modify(
        ObjectRef.node(node),
        Part.MAIN,
        tree -> {
          Json.child(tree, "spec").put("unschedulable", isCordoned);
          return tree;
        },
        NOW);
  }

  private void markReady(String pod) {
    markReady(ObjectRef.pod("default", pod), "True");
  }

  private void markReady(ObjectRef ref, String ready) {
    cluster.modify(
        ref,
        Part.STATUS,
        tree -> {
          Json.child(tree, "status")
              .putArray("conditions")
              .addObject()
              .put("type", "Ready")
              .put("status", ready);
          return tree;
        },
        NOW);
  }
}
