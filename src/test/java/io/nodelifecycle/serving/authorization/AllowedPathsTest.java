package io.nodelifecycle.serving.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AllowedPathsTest {
  @ParameterizedTest
  @CsvSource({
    "/livez, true",
    "/livez/, false",
    "/livez/control-loop, false",
    "/livezz, false",
    "/Livez, false",
    "//livez, false",
    "'', false",
    "/, false",
    "/readyz/, true",
    "/readyz/caches-synced, true",
    "/readyz, false",
    "/readyz/../metrics, true",
    "/metrics, false",
    "/m, true",
    "/more, true"
  })
  void onlyWhatIsNamed(String path, boolean isOpen) {
    var open = new AllowedPaths(List.of("/livez", "/readyz/*", "/mo*", "/m"));
    assertThat(open.contains(path)).isEqualTo(isOpen);
  }
}
