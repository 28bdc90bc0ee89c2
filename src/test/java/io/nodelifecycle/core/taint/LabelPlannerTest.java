package io.nodelifecycle.core.taint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LabelPlannerTest {
  private static final String OS = "kubernetes.io/os";
  private static final String ARCH = "kubernetes.io/arch";
  private static final String OLD_OS = "beta.kubernetes.io/os";
  private static final String OLD_ARCH = "beta.kubernetes.io/arch";

  static Stream<Arguments> rows() {
    return Stream.of(
        argumentSet("no labels", Map.of(), Map.of()),
        argumentSet("an absent one is added", Map.of(OS, "linux"), Map.of(OLD_OS, "linux")),
        argumentSet(
            "each by itself",
            Map.of(OS, "linux", OLD_OS, "linux", ARCH, "arm64"),
            Map.of(OLD_ARCH, "arm64")),
        argumentSet(
            "another value is replaced",
            Map.of(OS, "linux", OLD_OS, "windows", ARCH, "arm64", OLD_ARCH, "amd64"),
            Map.of(OLD_OS, "linux", OLD_ARCH, "arm64")),
        argumentSet("an empty value is a value", Map.of(ARCH, ""), Map.of(OLD_ARCH, "")),
        argumentSet("equal", Map.of(OS, "linux", OLD_OS, "linux"), Map.of()),
        argumentSet("only an older one is left alone", Map.of(OLD_OS, "linux"), Map.of()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void olderLabelsAreMadeEqual(Map<String, String> labels, Map<String, String> changes) {
    assertThat(LabelPlanner.plan(labels)).isEqualTo(changes);
  }

  @Test
  void changesHaveAnOrderThatIsTheSameInEveryProcess() {
    assertThat(LabelPlanner.plan(Map.of(ARCH, "arm64", OS, "linux")).keySet())
        .containsExactly(OLD_OS, OLD_ARCH);
  }
}
