package io.nodelifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MainTest {
  @Test
  void runsOnTheJavaTheBuildSelects() {
    assertThat(Runtime.version().feature()).isEqualTo(25);
  }
}
