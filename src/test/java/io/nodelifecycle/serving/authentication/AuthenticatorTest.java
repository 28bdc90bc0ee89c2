package io.nodelifecycle.serving.authentication;

import static io.nodelifecycle.serving.authentication.TestCertificates.chain;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.kubernetes.http.SteppedTime;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.serving.review.Caller;
import io.nodelifecycle.serving.review.ReviewException;
import io.nodelifecycle.serving.review.ReviewGate;
import io.nodelifecycle.testing.CertificateAuthority;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AuthenticatorTest {
  private static final CertificateAuthority NAMED = CertificateAuthority.create("named");
  private static final CertificateAuthority LOOKED_UP = CertificateAuthority.create("looked-up");
  private static final CertificateAuthority OTHER = CertificateAuthority.create("other");
  private static final List<X509Certificate> NAMED_CLIENT =
      chain(NAMED.issueClient("by-named", List.of()));
  private static final List<X509Certificate> LOOKED_UP_CLIENT =
      chain(LOOKED_UP.issueClient("by-looked-up", List.of()));
  private static final List<X509Certificate> OTHER_CLIENT =
      chain(OTHER.issueClient("by-other", List.of()));

  private final SteppedTime steps = new SteppedTime();

  /** Certificates of now, in steps of a test. */
  private final TimeSource time =
      new TimeSource() {
        @Override
        public Instant now() {
          return steps.now();
        }

        @Override
        public Instant wallClock() {
          return NAMED_CLIENT.getFirst().getNotAfter().toInstant().minusSeconds(60);
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          steps.sleep(duration);
        }
      };

  private final ReviewGate gate = new ReviewGate(time);
  private int lookUps;
  private boolean isAway;
  private String clusterPem = LOOKED_UP.certificatePem();

  private static Optional<Supplier<List<X509Certificate>>> named() {
    return Optional.of(() -> List.of(NAMED.certificate()));
  }

  private Optional<LookedUpAuthorities> lookUp() {
    return Optional.of(
        new LookedUpAuthorities(
            () -> {
              lookUps++;
              if (isAway) {
                throw new ReviewException("no answer");
              }
              return clusterPem;
            },
            gate,
            time));
  }

  private Authenticator authenticator(CertificateAuthenticator certificates) {
    return new Authenticator(
        certificates,
        new TokenAuthenticator(
            token ->
                token.equals("good")
                    ? Optional.of(new Caller("by-token", List.of()))
                    : Optional.empty(),
            gate,
            Duration.ofMinutes(1),
            time));
  }

  private CertificateAuthenticator both(boolean isFailureTolerated) {
    return new CertificateAuthenticator(named(), lookUp(), isFailureTolerated, time);
  }

  private static String name(Identity identity) {
    return switch (identity) {
      case Identity.Known(var caller) -> caller.name();
      case Identity.Refused _ -> "refused";
      case Identity.Absent _ -> "absent";
      case Identity.Crowded _ -> "crowded";
    };
  }

  private static List<X509Certificate> client(String which) {
    return switch (which) {
      case "named" -> NAMED_CLIENT;
      case "looked-up" -> LOOKED_UP_CLIENT;
      case "other" -> OTHER_CLIENT;
      default -> List.of();
    };
  }

  @ParameterizedTest(name = "certificate of {0}, token {1}: {2}")
  @CsvSource({
    "named, '', by-named",
    "named, good, by-named",
    "named, bad, by-named",
    "looked-up, '', by-looked-up",
    "other, '', refused",
    "other, good, by-token",
    "other, bad, refused",
    "none, '', system:anonymous",
    "none, good, by-token",
    "none, bad, refused"
  })
  void whatIsGoodCounts(String certificate, String token, String who) throws InterruptedException {
    var header = token.isEmpty() ? "" : "Bearer " + token;
    assertThat(name(authenticator(both(false)).authenticate(client(certificate), header)))
        .isEqualTo(who);
  }

  @ParameterizedTest(name = "tolerated {0}, certificate of {1}: {2}")
  @CsvSource({
    "false, named, by-named",
    "false, looked-up, refused",
    "true, named, by-named",
    "true, looked-up, refused",
    "false, none, system:anonymous"
  })
  void whileTheLookUpFailsOnlyTheNamedAreBelieved(
      boolean isTolerated, String certificate, String who) throws InterruptedException {
    isAway = true;
    assertThat(name(authenticator(both(isTolerated)).authenticate(client(certificate), "")))
        .isEqualTo(who);
  }

  @Test
  void aToleratedFailureMakesCertificatesCountForNothing() throws InterruptedException {
    isAway = true;
    var tolerant = new CertificateAuthenticator(Optional.empty(), lookUp(), true, time);
    var strict = new CertificateAuthenticator(Optional.empty(), lookUp(), false, time);
    assertThat(name(authenticator(tolerant).authenticate(OTHER_CLIENT, "")))
        .isEqualTo("system:anonymous");
    assertThat(name(authenticator(strict).authenticate(OTHER_CLIENT, ""))).isEqualTo("refused");
  }

  @Test
  void withoutAuthoritiesCertificatesCountForNothing() throws InterruptedException {
    var skipping = new CertificateAuthenticator(Optional.empty(), Optional.empty(), false, time);
    assertThat(name(authenticator(skipping).authenticate(OTHER_CLIENT, "")))
        .isEqualTo("system:anonymous");
    clusterPem = "";
    var empty = new CertificateAuthenticator(Optional.empty(), lookUp(), false, time);
    assertThat(name(authenticator(empty).authenticate(OTHER_CLIENT, "")))
        .isEqualTo("system:anonymous");
  }

  @Test
  void isLookedUpOnceAMinuteAndSoonerAfterAFailure() throws InterruptedException {
    var authenticator = authenticator(both(false));
    authenticator.authenticate(NAMED_CLIENT, "");
    assertThat(lookUps).isZero();
    authenticator.authenticate(LOOKED_UP_CLIENT, "");
    steps.pass(LookedUpAuthorities.KNOWN_FOR.minusMillis(1));
    authenticator.authenticate(LOOKED_UP_CLIENT, "");
    assertThat(lookUps).isEqualTo(1);
    steps.pass(Duration.ofMillis(1));
    isAway = true;
    assertThat(name(authenticator.authenticate(LOOKED_UP_CLIENT, ""))).isEqualTo("by-looked-up");
    assertThat(lookUps).isEqualTo(2);
    isAway = false;
    clusterPem = OTHER.certificatePem();
    steps.pass(LookedUpAuthorities.RETRIED_AFTER.minusMillis(1));
    assertThat(name(authenticator.authenticate(OTHER_CLIENT, ""))).isEqualTo("refused");
    assertThat(lookUps).isEqualTo(2);
    steps.pass(Duration.ofMillis(1));
    assertThat(name(authenticator.authenticate(OTHER_CLIENT, ""))).isEqualTo("by-other");
    assertThat(name(authenticator.authenticate(LOOKED_UP_CLIENT, ""))).isEqualTo("refused");
    assertThat(lookUps).isEqualTo(3);
  }
}
