package io.nodelifecycle.simulate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.story.ClusterShape;
import io.nodelifecycle.sandbox.story.PodKind;
import io.nodelifecycle.simulate.engine.InitialCluster;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class InventedClusterTest {
  @ParameterizedTest
  @CsvSource({"1,1,0", "1,1,1", "3,3,2", "100,3,30", "7,2,5", "5000,3,30"})
  void everyNodeHasItsPods(int nodes, int zones, int podsPerNode) {
    var cluster = InventedCluster.of(nodes, zones, podsPerNode);
    assertThat(cluster.nodes()).hasSize(nodes);
    assertThat(cluster.pods()).hasSize(nodes * podsPerNode);
    var perNode = count(cluster.pods(), pod -> Json.text(pod, "spec", "nodeName"));
    assertThat(perNode.values()).allMatch(count -> count == podsPerNode);
    assertThat(ClusterNaming.of(cluster).nodesByZone()).hasSize(zones);
  }

  @Test
  void whatIsMadeUpPassesTheChecksOfASnapshot() {
    assertPasses(InventedCluster.of(10, 3, 30));
    assertPasses(InventedCluster.of(storyShape()));
  }

  private static void assertPasses(InitialCluster cluster) {
    var objects = new ArrayList<PlacedObject>();
    for (var all : List.of(cluster.nodes(), cluster.pods(), cluster.daemonSets())) {
      all.forEach(tree -> objects.add(new PlacedObject("made up", "", tree)));
    }
    assertThat(ClusterAssembly.of(objects, List.of(), "made up"))
        .isInstanceOf(ClusterOutcome.Good.class);
  }

  @Test
  void hasWorkloadsOfAllKindsAndSizes() {
    var pods = InventedCluster.of(100, 3, 30).pods();
    var kinds = count(pods, pod -> pod.at("/metadata/ownerReferences/0/kind").asString()).keySet();
    assertThat(kinds).contains("ReplicaSet", "StatefulSet", "DaemonSet");
    var sizes =
        new HashSet<>(
            count(
                    pods,
                    pod ->
                        Json.text(pod, "metadata", "namespace")
                            + pod.at("/metadata/ownerReferences/0/name").asString())
                .values());
    assertThat(sizes).contains(1L, 2L, 3L, 10L, 100L);
    var seconds = count(pods, pod -> pod.at("/spec/tolerations/0/tolerationSeconds").asString(""));
    assertThat(seconds.keySet()).contains("300", "30", "");
  }

  @Test
  void theSameSizeGivesTheSameCluster() {
    assertThat(InventedCluster.of(20, 3, 10)).isEqualTo(InventedCluster.of(20, 3, 10));
  }

  @Test
  void zonesAreCalledByTheirLabels() {
    assertThat(ClusterNaming.of(InventedCluster.of(4, 3, 1)).nodesByZone())
        .containsEntry("eu-1a", List.of("node-eu-1a-1", "node-eu-1a-2"))
        .containsEntry("eu-1c", List.of("node-eu-1c-1"));
  }

  @Test
  void aStoryHasItsOwnKindsOfPods() {
    var names = ClusterNaming.of(InventedCluster.of(storyShape()));
    assertThat(names.podKinds()).containsExactly("agent", "lonely", "web");
    assertThat(names.nodesByZone()).containsEntry("b", List.of("node-b1"));
  }

  private static ClusterShape storyShape() {
    return new ClusterShape(
        List.of("a", "b"),
        3,
        List.of(
            new PodKind("web", 2, PodKind.Owner.DEPLOYMENT, Tolerations.of(5)),
            new PodKind("agent", 1, PodKind.Owner.DAEMONSET, Tolerations.EVERYTHING),
            new PodKind("lonely", 1, PodKind.Owner.NONE, List.of())));
  }

  private static Map<String, Long> count(
      List<ObjectNode> objects, Function<ObjectNode, String> property) {
    return objects.stream().collect(Collectors.groupingBy(property, Collectors.counting()));
  }
}
