package io.nodelifecycle.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.PodSelector.Operator;
import io.nodelifecycle.core.model.PodSelector.Requirement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodSelectorTest {
  @ParameterizedTest(name = "app {0} (a, b): a {1}, c {2}, other labels {3}")
  @CsvSource({
    "IN, true, false, false",
    "NOT_IN, false, true, true",
    "EXISTS, true, true, false",
    "DOES_NOT_EXIST, false, false, true",
    "UNKNOWN, false, false, false",
  })
  void eachOperatorAsksItsOwn(Operator operator, boolean one, boolean other, boolean without) {
    var selector = new PodSelector(List.of(new Requirement("app", operator, Set.of("a", "b"))));
    assertThat(selector.matches(Map.of("app", "a"))).isEqualTo(one);
    assertThat(selector.matches(Map.of("app", "c"))).isEqualTo(other);
    assertThat(selector.matches(Map.of("tier", "a"))).isEqualTo(without);
    assertThat(selector.matches(Map.of())).isFalse();
  }

  @Test
  void allRequirementsMustHold() {
    var selector =
        new PodSelector(
            List.of(
                new Requirement("app", Operator.IN, Set.of("a")),
                new Requirement("old", Operator.DOES_NOT_EXIST, Set.of())));
    assertThat(selector.matches(Map.of("app", "a"))).isTrue();
    assertThat(selector.matches(Map.of("app", "a", "old", "1"))).isFalse();
    assertThat(selector.matches(Map.of("old", "1"))).isFalse();
  }

  @Test
  void anEmptySelectorSelectsNothing() {
    assertThat(new PodSelector(List.of()).matches(Map.of("app", "a"))).isFalse();
  }
}
