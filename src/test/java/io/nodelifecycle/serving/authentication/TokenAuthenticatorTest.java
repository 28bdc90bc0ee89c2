package io.nodelifecycle.serving.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.kubernetes.http.SteppedTime;
import io.nodelifecycle.serving.review.Caller;
import io.nodelifecycle.serving.review.ReviewException;
import io.nodelifecycle.serving.review.ReviewGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenAuthenticatorTest {
  private final SteppedTime time = new SteppedTime();
  private final List<String> asked = new ArrayList<>();
  private boolean isAway;

  private TokenAuthenticator authenticator(Duration cacheTime) {
    return new TokenAuthenticator(
        token -> {
          asked.add(token);
          if (isAway) {
            throw new ReviewException("no answer");
          }
          return token.equals("good")
              ? Optional.of(new Caller("ada", "uid", List.of("crew"), java.util.Map.of()))
              : Optional.empty();
        },
        new ReviewGate(time),
        cacheTime,
        time);
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer abc, abc",
    "bearer abc, abc",
    "' BEARER abc ', abc",
    "Bearer abc def, abc",
    "Bearer, ''",
    "'Bearer ', ''",
    "'Bearer  abc', ''",
    "Basic abc, ''",
    "abc, ''",
    "'', ''"
  })
  void findsTheTokenAsTheReferenceDoes(String header, String token) {
    assertThat(TokenAuthenticator.tokenIn(header)).isEqualTo(token);
  }

  @Test
  void aGoodTokenIsSomebodyAndABadOneIsRefused() throws InterruptedException {
    var authenticator = authenticator(Duration.ZERO);
    assertThat(authenticator.authenticate("Bearer good"))
        .isEqualTo(
            new Identity.Known(
                new Caller(
                    "ada", "uid", List.of("crew", Caller.AUTHENTICATED), java.util.Map.of())));
    assertThat(authenticator.authenticate("Bearer bad")).isInstanceOf(Identity.Refused.class);
    assertThat(authenticator.authenticate("")).isEqualTo(new Identity.Absent());
    assertThat(asked).containsExactly("good", "bad");
  }

  @Test
  void answersAreRememberedForTheirTime() throws InterruptedException {
    var authenticator = authenticator(Duration.ofSeconds(10));
    for (var token : List.of("good", "bad", "good", "bad")) {
      authenticator.authenticate("Bearer " + token);
    }
    time.pass(Duration.ofMillis(9_999));
    assertThat(authenticator.authenticate("Bearer bad")).isInstanceOf(Identity.Refused.class);
    assertThat(asked).containsExactly("good", "bad");
    time.pass(Duration.ofMillis(1));
    authenticator.authenticate("Bearer good");
    assertThat(asked).containsExactly("good", "bad", "good");
  }

  @Test
  void withoutAnAnswerATokenIsRefusedAndNothingIsRemembered() throws InterruptedException {
    var authenticator = authenticator(Duration.ofSeconds(10));
    isAway = true;
    assertThat(authenticator.authenticate("Bearer good")).isInstanceOf(Identity.Refused.class);
    isAway = false;
    assertThat(authenticator.authenticate("Bearer good")).isInstanceOf(Identity.Known.class);
  }

  @Test
  void aFloodOfTokensIsNotPassedOn() throws InterruptedException {
    var authenticator = authenticator(Duration.ofSeconds(10));
    authenticator.authenticate("Bearer good");
    for (int i = 1; i < 1_000; i++) {
      authenticator.authenticate("Bearer wrong-" + i);
    }
    assertThat(asked).hasSize(80);
    assertThat(authenticator.authenticate("Bearer new")).isEqualTo(new Identity.Crowded());
    assertThat(authenticator.authenticate("Bearer good")).isInstanceOf(Identity.Known.class);
  }

  @Test
  void aTokenThatWasGoodIsCheckedAgainInAFloodOfOthersForAnHour() throws InterruptedException {
    var authenticator = authenticator(Duration.ofSeconds(10));
    authenticator.authenticate("Bearer good");
    for (var pass : List.of(Duration.ofSeconds(10), Duration.ofMinutes(60).minusMillis(1))) {
      time.pass(pass);
      flood(authenticator);
      assertThat(authenticator.authenticate("Bearer good")).isInstanceOf(Identity.Known.class);
    }
    time.pass(Duration.ofHours(1));
    flood(authenticator);
    assertThat(authenticator.authenticate("Bearer good")).isEqualTo(new Identity.Crowded());
  }

  private void flood(TokenAuthenticator authenticator) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      authenticator.authenticate("Bearer " + time.now() + i);
    }
  }
}
