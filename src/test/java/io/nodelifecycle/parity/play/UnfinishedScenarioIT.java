package io.nodelifecycle.parity.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.parity.ReferenceCondition;
import io.nodelifecycle.parity.scenario.Scenario;
import io.nodelifecycle.parity.scenario.ScenarioOutcome.Good;
import io.nodelifecycle.parity.scenario.ScenarioReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Scenarios that cannot finish: they are given up with a reason, and the others go on. */
@ExtendWith(ReferenceCondition.class)
final class UnfinishedScenarioIT {
  /** Nobody answers there: the program never syncs. */
  private static final String ENDLESS =
      """
      about: The program waits for an API server that does not answer.
      spec: ["1"]
      program-flags: {master: "https://127.0.0.1:1"}
      nodes: [{name: a1}]
      timeline: []
      end: 3s
      """;

  private static final String REFUSED =
      """
      about: The program is given a flag that it refuses.
      spec: ["9"]
      program-flags: {node-monitor-period: -1s}
      nodes: [{name: a1}]
      timeline: []
      end: 3s
      """;

  private static final String GOOD =
      """
      about: Nothing happens.
      spec: ["1"]
      nodes: [{name: a1}]
      timeline: []
      end: 3s
      """;

  @TempDir private Path folder;

  private static Scenario scenario(String name, String text) {
    var read = ScenarioReader.read(name + ".yaml", text);
    assertThat(read).isInstanceOf(Good.class);
    return ((Good) read).scenario();
  }

  @Test
  void itIsGivenUpWithAReasonAndTheOthersGoOn() {
    var scenarios =
        List.of(scenario("endless", ENDLESS), scenario("refused", REFUSED), scenario("good", GOOD));
    try (var campaign = new Campaign(folder, 3, _ -> {}, Duration.ofSeconds(45))) {
      var outcomes = campaign.start(scenarios).stream().map(Campaign.Run::await).toList();
      assertThat(outcomes.get(0).isGood()).isFalse();
      assertThat(outcomes.get(0).toString())
          .contains("did not come to its end within 48 s", "nothing listens at");
      assertThat(outcomes.get(1).isGood()).isFalse();
      assertThat(outcomes.get(1).toString()).contains("--node-monitor-period=-1s");
      assertThat(outcomes.get(2).isGood()).as(outcomes.get(2).toString()).isTrue();
    }
  }
}
