package io.nodelifecycle.simulate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.resource.Json;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InitialClusterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MemoryPressure=False Ready=True    | lives
          MemoryPressure=False Ready=False   | lives
          MemoryPressure=Unknown Ready=True  | lives
          MemoryPressure=True Ready=Unknown  | dead
          MemoryPressure=False               | dead
          ''                                 | dead
          """)
  void aMachineIsDeadIfNothingIsHeardOfIt(String conditions, String outcome) {
    var node = Json.object();
    Json.child(node, "metadata").put("name", "n1");
    var array = Json.child(node, "status").putArray("conditions");
    for (var condition : conditions.split(" +", -1)) {
      if (!condition.isEmpty()) {
        var parts = condition.split("=", -1);
        array.addObject().put("type", parts[0]).put("status", parts[1]);
      }
    }
    var cluster = new InitialCluster(List.of(node), List.of(), List.of());
    assertThat(cluster.deadNodes()).isEqualTo(outcome.equals("dead") ? Set.of("n1") : Set.of());
  }

  @Test
  void aMachineWhoseNodeHasNoStatusIsDead() {
    var node = Json.object();
    Json.child(node, "metadata").put("name", "n2");
    assertThat(new InitialCluster(List.of(node), List.of(), List.of()).deadNodes())
        .containsExactly("n2");
  }
}
