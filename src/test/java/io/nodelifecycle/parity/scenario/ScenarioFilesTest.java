package io.nodelifecycle.parity.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.parity.scenario.ScenarioOutcome.Bad;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ScenarioFilesTest {
  static Stream<String> names() {
    return ScenarioFiles.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyScenarioCanBeRead(String name) {
    var outcome = ScenarioFiles.read(name);
    assertThat(outcome instanceof Bad bad ? bad.text() : "").isEmpty();
  }
}
