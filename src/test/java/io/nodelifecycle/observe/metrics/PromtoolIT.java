package io.nodelifecycle.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ChildProcess;
import io.nodelifecycle.testing.NeedsCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prometheus itself says that the alerts are well-formed, and fire when they should. */
@NeedsCommand(value = "promtool", without = "the alerts were not tested: promtool is not installed")
final class PromtoolIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"check rules, alerts.yaml", "test rules, alerts.test.yaml"})
  void theAlertsAreAsTheyShouldBe(String check, String file) {
    var rules = AlertRulesTest.RULES.resolveSibling(file).toAbsolutePath();
    var command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(check.split(" ", -1)));
    command.add(rules.toString());
    try (var promtool = ChildProcess.start("promtool", folder, command)) {
      assertThat(promtool.awaitExit(TIMEOUT)).as(promtool.tail(60)).isEqualTo(OptionalInt.of(0));
      assertThat(promtool.output()).contains("SUCCESS");
    }
  }
}
