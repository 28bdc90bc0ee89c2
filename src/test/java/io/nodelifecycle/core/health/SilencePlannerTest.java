package io.nodelifecycle.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SilencePlannerTest {
  @ParameterizedTest(name = "{0} becomes Unknown in {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                         | Ready MemoryPressure DiskPressure PIDPressure
          Ready=True                                 | Ready MemoryPressure DiskPressure PIDPressure
          Ready=False                                | Ready MemoryPressure DiskPressure PIDPressure
          Ready=True DiskPressure=Unknown            | Ready MemoryPressure PIDPressure
          PIDPressure=True MemoryPressure=Unknown    | Ready DiskPressure PIDPressure
          Ready=True NetworkUnavailable=False A=True | Ready MemoryPressure DiskPressure PIDPressure
          Ready=Unknown                              | ''
          Ready=Unknown MemoryPressure=True          | ''
          """)
  void whatOnlyAKubeletPostsBecomesUnknownIfReadyReallyChanges(String before, String changed) {
    var conditions = words(before).map(SilencePlannerTest::condition).toList();
    var node =
        new NodeSnapshot("a", "u", "1", Instant.EPOCH, Map.of(), List.of(), false, conditions);
    assertThat(SilencePlanner.unknownTypes(node))
        .containsExactlyElementsOf(words(changed).toList());
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.trim().split(" +")).filter(word -> !word.isEmpty());
  }

  private static NodeCondition condition(String text) {
    var parts = text.split("=");
    return new NodeCondition(parts[0], ConditionStatus.of(parts[1]), null, null);
  }
}
