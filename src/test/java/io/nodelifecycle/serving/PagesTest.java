package io.nodelifecycle.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PagesTest {
  private static final Page EXACT = _ -> Answer.text(200, "exact");
  private static final Page BELOW = _ -> Answer.text(200, "below");
  private static final Pages PAGES = new Pages(Map.of("/a", EXACT, "/a/", BELOW, "/m", EXACT));

  @ParameterizedTest
  @CsvSource({
    "/a, exact",
    "/a/, below",
    "/a/b, below",
    "/a/b/c, below",
    "/ab, none",
    "/A, none",
    "/m, exact",
    "/m/, none",
    "/m/a, none",
    "//a, none",
    "/x/../a, none",
    "/, none",
    "'', none",
    "a, none"
  })
  void aPathIsTakenForNoOther(String path, String which) {
    var found = PAGES.at(path).map(page -> page.equals(EXACT) ? "exact" : "below").orElse("none");
    assertThat(found).isEqualTo(which);
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, ''",
    "verbose, true, ''",
    "verbose=, true, ''",
    "verbose=false, true, ''",
    "exclude=a&exclude=b%2Fc, false, 'a,b/c'",
    "exclude=%zz, false, %zz",
    "x&verbose&exclude=a&exclude=a, true, a"
  })
  void aQueryIsReadLeniently(String query, boolean isVerbose, String excluded) {
    var request = new PageRequest("/a", query, "", false);
    assertThat(request.isVerbose()).isEqualTo(isVerbose);
    assertThat(String.join(",", request.parameter("exclude"))).isEqualTo(excluded);
  }
}
