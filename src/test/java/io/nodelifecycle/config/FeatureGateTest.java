package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FeatureGateTest {
  private static final String KNOWN =
      "; give NAME=true or NAME=false; known gates: TaintBasedEvictions, TaintNodesByCondition,"
          + " PodDisruptionConditions, TaintTolerationComparisonOperators,"
          + " TolerationSecondsFromTaint, LiveLeaseCheck, LiveTaintCheck";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "TaintBasedEvictions=true, TTTFTTT",
    "TaintNodesByCondition=false, TFTFTTT",
    "PodDisruptionConditions=0, TTFFTTT",
    "TaintTolerationComparisonOperators=t, TTTTTTT",
    "TolerationSecondsFromTaint=False, TTTFFTT",
    "LiveLeaseCheck=false, TTTFTFT",
    "LiveTaintCheck=f, TTTFTTF",
  })
  void eachSwitchesOneBehaviour(String choice, String gates) {
    assertThat(CommandLines.settings("--feature-gates", choice).gates()).isEqualTo(gates(gates));
  }

  private static Settings.Gates gates(String text) {
    return new Settings.Gates(
        text.charAt(0) == 'T',
        text.charAt(1) == 'T',
        text.charAt(2) == 'T',
        text.charAt(3) == 'T',
        text.charAt(4) == 'T',
        text.charAt(5) == 'T',
        text.charAt(6) == 'T');
  }

  @Test
  void listsAndRepeatedFlagsAreTakenTogetherAndTheLastCounts() {
    var gates =
        CommandLines.settings(
                "--feature-gates=TaintNodesByCondition=false, PodDisruptionConditions = false,",
                "--feature-gates=TaintNodesByCondition=true,TolerationSecondsFromTaint=true",
                "--feature-gates=TolerationSecondsFromTaint=false")
            .gates();

    assertThat(gates).isEqualTo(gates("TTFFFTT"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "AllAlpha=true, has the unknown gate \"AllAlpha\"",
    "AllBeta=true, has the unknown gate \"AllBeta\"",
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
