package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ControllerNameTest {

  @ParameterizedTest(name = "--controllers={0}: lifecycle {1}, eviction {2}")
  @CsvSource({
    "'*', true, true",
    "node-lifecycle-controller, true, false",
    "nodelifecycle, true, false",
    "taint-eviction-controller, false, true",
    "'*,-taint-eviction-controller', true, false",
    "'-taint-eviction-controller,*', true, false",
    "'*,-nodelifecycle', false, true",
    "'*, -node-lifecycle-controller ', false, true",
    "'taint-eviction-controller,-taint-eviction-controller', false, true",
    "'-nodelifecycle,node-lifecycle-controller,*', false, true",
    "'taint-eviction-controller,nodelifecycle', true, true",
  })
  void switchesAsGoDoes(String list, boolean isLifecycleOn, boolean isEvictionOn) {
    assertThat(CommandLines.settings("--controllers=" + list).mode())
        .extracting(OperatingMode::hasNodeLifecycle, OperatingMode::hasTaintEviction)
        .containsExactly(isLifecycleOn, isEvictionOn);
  }

  @ParameterizedTest(name = "--controllers={0} --controllers={1}: lifecycle {2}, eviction {3}")
  @CsvSource({
    "'*', -taint-eviction-controller, true, false",
    "-nodelifecycle, '*', false, true",
    "nodelifecycle, taint-eviction-controller, true, true",
  })
  void putsSeveralFlagsTogether(
      String first, String second, boolean isLifecycleOn, boolean isEvictionOn) {
    assertThat(CommandLines.settings("--controllers", first, "--controllers", second).mode())
        .extracting(OperatingMode::hasNodeLifecycle, OperatingMode::hasTaintEviction)
        .containsExactly(isLifecycleOn, isEvictionOn);
  }

  @ParameterizedTest(name = "{0} is refused")
  @CsvSource({"nodelifecycl", "-x", "-", "--nodelifecycle", "-*", "**", "NodeLifecycle"})
  void refusesUnknownNames(String name) {
    assertThat(CommandLines.problems("--controllers=*," + name))
        .singleElement()
        .asString()
        .startsWith("--controllers=" + name + ": has the unknown controller")
        .endsWith(
            "known names: node-lifecycle-controller, nodelifecycle, taint-eviction-controller");
  }
}
