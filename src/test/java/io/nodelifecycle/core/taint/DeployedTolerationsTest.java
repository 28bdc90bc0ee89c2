package io.nodelifecycle.core.taint;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.DeployedAccount;
import io.nodelifecycle.testing.Manifest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The Deployment tolerates what the program itself takes off nodes: a taint that it did not
 * tolerate and that all nodes carry would keep it away for ever, as nobody else takes it off.
 */
final class DeployedTolerationsTest {
  private static final List<JsonNode> TOLERATIONS =
      Manifest.in(DeployedAccount.MANIFESTS).stream()
          .filter(manifest -> manifest.kind().equals("Deployment"))
          .flatMap(manifest -> elements(manifest.object().at("/spec/template/spec/tolerations")))
          .toList();

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static Set<String> tolerated(String effect) {
    var keys = new TreeSet<String>();
    TOLERATIONS.stream()
        .filter(toleration -> toleration.path("operator").asString().equals("Exists"))
        .filter(toleration -> toleration.path("effect").asString("").equals(effect))
        .map(toleration -> toleration.path("key").asString())
        .filter(key -> key.startsWith("node.kubernetes.io/"))
        .forEach(keys::add);
    return keys;
  }

  @Test
  void everyTaintOfACondition() {
    var own = new TreeSet<>(Set.of(LifecycleTaints.UNSCHEDULABLE));
    LifecycleTaints.CONDITION_TAINTS.forEach(taint -> own.add(taint.key()));
    assertThat(tolerated("NoSchedule")).isEqualTo(own);
  }

  @Test
  void bothTaintsThatEvictButNotForEver() {
    assertThat(tolerated("NoExecute"))
        .containsExactly(LifecycleTaints.NOT_READY, LifecycleTaints.UNREACHABLE);
    assertThat(TOLERATIONS)
        .filteredOn(toleration -> toleration.path("effect").asString("").equals("NoExecute"))
        .allSatisfy(toleration ->
            assertThat(toleration.path("tolerationSeconds").asInt(0)).isBetween(30, 300));
  }
}
