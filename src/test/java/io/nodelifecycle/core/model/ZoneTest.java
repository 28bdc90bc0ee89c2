package io.nodelifecycle.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ZoneTest {
  private static final String REGION = "topology.kubernetes.io/region";
  private static final String ZONE = "topology.kubernetes.io/zone";
  private static final String OLD_REGION = "failure-domain.beta.kubernetes.io/region";
  private static final String OLD_ZONE = "failure-domain.beta.kubernetes.io/zone";

  static Stream<Arguments> rows() {
    return Stream.of(
        argumentSet("no labels: the unnamed zone", Map.of(), "", "", ""),
        argumentSet("both", Map.of(REGION, "eu", ZONE, "a"), "eu", "a", "eu::a"),
        argumentSet("only a region", Map.of(REGION, "eu"), "eu", "", "eu::"),
        argumentSet("only a zone", Map.of(ZONE, "a"), "", "a", "::a"),
        argumentSet("only older ones", Map.of(OLD_REGION, "us", OLD_ZONE, "b"), "us", "b", "us::b"),
        argumentSet(
            "the older ones win",
            Map.of(REGION, "eu", ZONE, "a", OLD_REGION, "us", OLD_ZONE, "b"),
            "us",
            "b",
            "us::b"),
        argumentSet(
            "each is looked up by itself",
            Map.of(REGION, "eu", ZONE, "a", OLD_ZONE, "b"),
            "eu",
            "b",
            "eu::b"),
        argumentSet(
            "an older one that is empty still wins",
            Map.of(REGION, "eu", ZONE, "a", OLD_REGION, ""),
            "",
            "a",
            "::a"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void labelsSayTheZone(Map<String, String> labels, String region, String zone, String label) {
    assertThat(Zone.of(labels)).isEqualTo(new Zone(region, zone));
    assertThat(Zone.of(labels).label()).isEqualTo(label);
  }
}
