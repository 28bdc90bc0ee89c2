package io.nodelifecycle.serving.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.kubernetes.http.SteppedTime;
import io.nodelifecycle.serving.review.AccessVerdict;
import io.nodelifecycle.serving.review.Caller;
import io.nodelifecycle.serving.review.ReviewException;
import io.nodelifecycle.serving.review.ReviewGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AuthorizerTest {
  private static final Caller ADA = new Caller("ada", List.of("crew"));
  private static final Caller BEN = new Caller("ben", List.of());

  private final SteppedTime time = new SteppedTime();
  private final List<String> asked = new ArrayList<>();
  private boolean isAway;

  private Authorizer authorizer(Duration allowed, Duration denied) {
    return new Authorizer(
        new AllowedPaths(List.of("/livez")),
        (caller, verb, path) -> {
          asked.add(caller.name() + " " + verb + " " + path);
          if (isAway) {
            throw new ReviewException("no answer");
          }
          return new AccessVerdict(caller.equals(ADA) && verb.equals("get"), "because");
        },
        new ReviewGate(time),
        new Authorizer.CacheTimes(allowed, denied),
        path -> path.equals("/a"),
        time);
  }

  @Test
  void openPathsAndMastersAreAskedAboutNobody() throws InterruptedException {
    var authorizer = authorizer(Duration.ZERO, Duration.ZERO);
    var master = new Caller("root", List.of(Caller.MASTERS));
    assertThat(authorizer.decide(BEN, "get", "/livez")).isEqualTo(new Decision.Allowed());
    assertThat(authorizer.decide(master, "get", "/metrics")).isEqualTo(new Decision.Allowed());
    assertThat(asked).isEmpty();
  }

  @Test
  void callerVerbAndPathCount() throws InterruptedException {
    var authorizer = authorizer(Duration.ofSeconds(9), Duration.ofSeconds(9));
    assertThat(authorizer.decide(ADA, "get", "/a")).isEqualTo(new Decision.Allowed());
    assertThat(authorizer.decide(ADA, "head", "/a")).isEqualTo(new Decision.Denied("because"));
    assertThat(authorizer.decide(BEN, "get", "/a")).isEqualTo(new Decision.Denied("because"));
    assertThat(authorizer.decide(ADA, "get", "/b")).isEqualTo(new Decision.Allowed());
    assertThat(asked).containsExactly("ada get /a", "ada head /a", "ben get /a", "ada get /b");
  }

  @Test
  void aboutWhatIsBelowNobodyInParticularIsAskedAbout() throws InterruptedException {
    var authorizer = authorizer(Duration.ZERO, Duration.ZERO);
    assertThat(authorizer.isPermittedBelow(Caller.ANONYMOUS, "get", "/livez")).isFalse();
    assertThat(asked).isEmpty();
    assertThat(authorizer.isPermittedBelow(ADA, "get", "/livez")).isTrue();
    assertThat(authorizer.isPermittedBelow(BEN, "get", "/livez/")).isFalse();
    assertThat(asked).containsExactly("ada get /livez/*", "ben get /livez/*");
  }

  @Test
  void answersAreRememberedForTheirTime() throws InterruptedException {
    var authorizer = authorizer(Duration.ofSeconds(7), Duration.ofSeconds(3));
    for (int i = 0; i < 2; i++) {
      authorizer.decide(ADA, "get", "/a");
      authorizer.decide(BEN, "get", "/a");
    }
    assertThat(asked).hasSize(2);
    time.pass(Duration.ofMillis(2_999));
    authorizer.decide(BEN, "get", "/a");
    assertThat(asked).hasSize(2);
    time.pass(Duration.ofMillis(1));
    authorizer.decide(BEN, "get", "/a");
    authorizer.decide(ADA, "get", "/a");
    assertThat(asked).hasSize(3);
    time.pass(Duration.ofSeconds(4));
    authorizer.decide(ADA, "get", "/a");
    assertThat(asked).hasSize(4);
  }

  @Test
  void withoutAnAnswerThereIsNoPermissionAndNothingIsRemembered() throws InterruptedException {
    var authorizer = authorizer(Duration.ofSeconds(7), Duration.ofSeconds(7));
    isAway = true;
    assertThat(authorizer.decide(ADA, "get", "/a")).isInstanceOf(Decision.Unknown.class);
    isAway = false;
    assertThat(authorizer.decide(ADA, "get", "/a")).isEqualTo(new Decision.Allowed());
  }

  @Test
  void onlySoMuchIsAskedASecond() throws InterruptedException {
    var authorizer = authorizer(Duration.ZERO, Duration.ZERO);
    for (int i = 0; i < 80; i++) {
      assertThat(authorizer.decide(ADA, "get", "/" + i)).isEqualTo(new Decision.Allowed());
    }
    assertThat(authorizer.decide(ADA, "get", "/b")).isEqualTo(new Decision.Crowded());
    time.pass(Duration.ofMillis(25));
    assertThat(authorizer.decide(ADA, "get", "/b")).isEqualTo(new Decision.Allowed());
    assertThat(authorizer.decide(ADA, "get", "/b")).isEqualTo(new Decision.Crowded());
  }

  /** The same caller may ask for other paths as well, but there is nothing. */
  @Test
  void whoWasAllowedAPageIsAskedAboutAgainInAFloodOfOthers() throws InterruptedException {
    var authorizer = authorizer(Duration.ofSeconds(10), Duration.ZERO);
    authorizer.decide(ADA, "get", "/a");
    authorizer.decide(ADA, "get", "/other");
    authorizer.decide(BEN, "get", "/a");
    for (int minute = 0; minute < 50; minute++) {
      time.pass(Duration.ofMinutes(1));
      for (int i = 0; i < 100; i++) {
        authorizer.decide(Caller.ANONYMOUS, "get", "/x" + i);
      }
      assertThat(authorizer.decide(ADA, "get", "/other")).isEqualTo(new Decision.Crowded());
      assertThat(authorizer.decide(BEN, "get", "/a")).isEqualTo(new Decision.Crowded());
    }
    assertThat(authorizer.decide(ADA, "get", "/a")).isEqualTo(new Decision.Allowed());
  }
}
