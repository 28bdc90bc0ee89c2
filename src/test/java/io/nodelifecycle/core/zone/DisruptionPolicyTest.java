package io.nodelifecycle.core.zone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DisruptionPolicyTest {
  private final DisruptionPolicy policy = new DisruptionPolicy(0.1, 0.01, 50, 0.55);

  @ParameterizedTest(name = "{0} ready, {1} not: {2}")
  @CsvSource({
    "0, 0, INITIAL",
    "0, 1, FULL_DISRUPTION",
    "0, 99, FULL_DISRUPTION",
    "1, 0, NORMAL",
    "1, 1, NORMAL",
    "1, 2, NORMAL",
    "1, 3, PARTIAL_DISRUPTION",
    "3, 3, NORMAL",
    "2, 3, PARTIAL_DISRUPTION",
    "46, 54, NORMAL",
    "45, 55, PARTIAL_DISRUPTION",
    "44, 56, PARTIAL_DISRUPTION",
    "9, 11, PARTIAL_DISRUPTION",
    "10, 12, NORMAL",
  })
  void moreThanTwoAndAtLeastTheShareMakeADisruption(int ready, int notReady, ZoneState expected) {
    assertThat(policy.stateOf(ready, notReady)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "threshold {0}, {1} ready, {2} not: {3}")
  @CsvSource({
    "0, 100, 2, NORMAL",
    "0, 100, 3, PARTIAL_DISRUPTION",
    "1, 1, 99, NORMAL",
    "1, 0, 99, FULL_DISRUPTION",
  })
  void theThresholdMayBeAnyShare(double threshold, int ready, int notReady, ZoneState expected) {
    var configured = new DisruptionPolicy(0.1, 0.01, 50, threshold);
    assertThat(configured.stateOf(ready, notReady)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} with {1} nodes: {2} per second")
  @CsvSource({
    "INITIAL, 0, 0.1",
    "NORMAL, 10, 0.1",
    "NORMAL, 1000, 0.1",
    "FULL_DISRUPTION, 10, 0.1",
    "FULL_DISRUPTION, 1000, 0.1",
    "PARTIAL_DISRUPTION, 49, 0",
    "PARTIAL_DISRUPTION, 50, 0",
    "PARTIAL_DISRUPTION, 51, 0.01",
  })
  void onlyAPartlyDisruptedZoneSlowsDownAndStopsUnlessItIsLarge(
      ZoneState state, int size, double rate) {
    assertThat(policy.rateOf(state, size)).isEqualTo(rate);
  }
}
