package io.nodelifecycle.serving.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.serving.Answer;
import io.nodelifecycle.serving.PageRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HealthPageTest {
  private static final HealthCheck GOOD = check("good", Verdict.OK);
  private static final HealthCheck DETAILED = check("role", new Verdict.Passed("leader"));
  private static final HealthCheck WARNED = check("odd", new Verdict.Warned("another one writes"));
  private static final HealthCheck BAD = check("bad", new Verdict.Failed("it is broken"));

  private static HealthCheck check(String name, Verdict verdict) {
    return new HealthCheck(name, () -> verdict);
  }

  private static String ask(String rest, String query, HealthCheck... checks) {
    return ask(rest, query, true, checks);
  }

  private static String ask(
      String rest, String query, boolean mayKnowReasons, HealthCheck... checks) {
    Answer answer =
        new HealthPage("readyz", () -> List.of(checks))
            .answer(new PageRequest("/readyz" + rest, query, "", mayKnowReasons));
    return answer.code() + " " + new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void allIsWell() {
    assertThat(ask("", "", GOOD)).isEqualTo("200 ok");
    assertThat(ask("", "", GOOD, DETAILED)).isEqualTo("200 ok (leader)");
    assertThat(ask("/", "verbose", GOOD, DETAILED))
        .isEqualTo("200 [+]good ok\n[+]role ok: leader\nreadyz check passed\n");
  }

  @Test
  void aWarningIsShownAndFailsNothing() {
    assertThat(ask("", "", WARNED)).isEqualTo("200 ok");
    assertThat(ask("", "verbose=true", WARNED, GOOD))
        .isEqualTo("200 [!]odd warning: another one writes\n[+]good ok\nreadyz check passed\n");
  }

  @Test
  void aFailureIsAlwaysNamed() {
    assertThat(ask("", "", GOOD, BAD))
        .isEqualTo("500 [+]good ok\n[-]bad failed: it is broken\nreadyz check failed\n");
  }

  @Test
  void whyIsToldToWhoMayKnow() {
    assertThat(ask("", "verbose", false, GOOD, DETAILED, WARNED, BAD))
        .isEqualTo(
            """
            500 [+]good ok
            [+]role ok: leader
            [!]odd warning: reason withheld
            [-]bad failed: reason withheld
            readyz check failed
            """);
  }

  @Test
  void whatIsExcludedIsNotAsked() {
    var untouchable =
        new HealthCheck(
            "bad",
            () -> {
              throw new AssertionError("asked");
            });
    assertThat(ask("", "exclude=bad", GOOD, untouchable)).isEqualTo("200 ok");
    assertThat(ask("", "verbose&exclude=bad&exclude=x&exclude=a%62", GOOD, untouchable))
        .isEqualTo(
            """
            200 [+]good ok
            [+]bad excluded: ok
            warn: some health checks cannot be excluded: no matches for "ab", "x"
            readyz check passed
            """);
  }

  @Test
  void eachCheckHasAPathOfItsOwn() {
    assertThat(ask("/good", "", GOOD, BAD)).isEqualTo("200 ok");
    assertThat(ask("/role", "", GOOD, DETAILED)).isEqualTo("200 ok (leader)");
    assertThat(ask("/odd", "", WARNED)).isEqualTo("200 ok (warning: another one writes)");
    assertThat(ask("/bad", "", GOOD, BAD)).isEqualTo("500 internal server error: it is broken\n");
    assertThat(ask("/goo", "", GOOD)).isEqualTo("404 there is no check of that name\n");
  }
}
