package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FeatureGateTest {
  private static final String KNOWN =
      "; give NAME=true or NAME=false; known gates: TaintBasedEvictions, TaintNodesByCondition,"
          + " PodDisruptionConditions, TaintTolerationComparisonOperators,"
          + " TolerationSecondsFromTaint";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "TaintBasedEvictions=true, true, true, true, false, true",
    "TaintNodesByCondition=false, true, false, true, false, true",
    "PodDisruptionConditions=0, true, true, false, false, true",
    "TaintTolerationComparisonOperators=t, true, true, true, true, true",
    "TolerationSecondsFromTaint=False, true, true, true, false, false",
  })
  void eachSwitchesOneBehaviour(
      String choice, boolean first, boolean second, boolean third, boolean fourth, boolean fifth) {
    assertThat(CommandLines.settings("--feature-gates", choice).gates())
        .isEqualTo(new Settings.Gates(first, second, third, fourth, fifth));
  }

  @Test
  void listsAndRepeatedFlagsAreTakenTogetherAndTheLastCounts() {
    var gates =
        CommandLines.settings(
                "--feature-gates=TaintNodesByCondition=false, PodDisruptionConditions = false,",
                "--feature-gates=TaintNodesByCondition=true,TolerationSecondsFromTaint=true",
                "--feature-gates=TolerationSecondsFromTaint=false")
            .gates();

    assertThat(gates).isEqualTo(new Settings.Gates(true, true, false, false, false));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "AllAlpha=true, has the unknown gate \"AllAlpha\"",
    "AllBeta=true, has the unknown gate \"AllBeta\"",
    "LiveLeaseCheck=true, has the unknown gate \"LiveLeaseCheck\"",
    "LiveTaintCheck=false, has the unknown gate \"LiveTaintCheck\"",
    "taintnodesbycondition=false,"
        + " has the unknown gate \"taintnodesbycondition\" (did you mean TaintNodesByCondition?)",
    "=true, has the unknown gate \"\"",
    "PodDisruptionConditions, has no value for the gate PodDisruptionConditions",
  })
  void refusesUnknownGatesAndNamesTheKnownOnes(String choice, String what) {
    assertThat(CommandLines.problems("--feature-gates=" + choice))
        .containsExactly("--feature-gates=" + choice + ": " + what + KNOWN);
  }

  @ParameterizedTest(name = "{0} is no choice")
  @CsvSource({"yes", "''", "=true", "tru"})
  void refusesWhatIsNotBoolean(String value) {
    assertThat(CommandLines.problems("--feature-gates=PodDisruptionConditions=" + value))
        .containsExactly(
            "--feature-gates=PodDisruptionConditions="
                + value
                + ": is neither true nor false; give true or false");
  }
}
