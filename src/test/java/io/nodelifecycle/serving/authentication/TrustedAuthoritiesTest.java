package io.nodelifecycle.serving.authentication;

import static io.nodelifecycle.serving.authentication.TestCertificates.chain;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.serving.review.Caller;
import io.nodelifecycle.testing.CertificateAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrustedAuthoritiesTest {
  private static final CertificateAuthority OURS = CertificateAuthority.create("ours");
  private static final CertificateAuthority OTHER = CertificateAuthority.create("ours");
  private static final TrustedAuthorities TRUSTED =
      new TrustedAuthorities(List.of(OURS.certificate()));

  /** Before the authority's own end. */
  private static final Instant END =
      OURS.certificate().getNotAfter().toInstant().minus(Duration.ofHours(1));

  @Test
  void theCommonNameIsTheUserAndTheOrganizationsAreTheGroups() {
    var chain = chain(OURS.issueClient("ada, \"the\" one", List.of("a=b", "c+d"), END));
    var caller = TRUSTED.caller(chain, chain.getFirst().getNotAfter().toInstant().minusSeconds(1));
    assertThat(caller).map(Caller::name).hasValue("ada, \"the\" one");
    assertThat(caller.orElseThrow().groups())
        .containsExactlyInAnyOrder("a=b", "c+d", Caller.AUTHENTICATED);
  }

  @Test
  void aCertificateIsBelievedInItsTimeOnly() {
    var chain = chain(OURS.issueClient("ada", List.of(), END));
    var from = chain.getFirst().getNotBefore().toInstant();
    var to = chain.getFirst().getNotAfter().toInstant();
    var halfAgain = Duration.between(from, to).dividedBy(2);
    assertThat(TRUSTED.caller(chain, from.plus(halfAgain))).isPresent();
    assertThat(TRUSTED.caller(chain, to)).isPresent();
    assertThat(TRUSTED.caller(chain, to.plusSeconds(1))).isEmpty();
    assertThat(TRUSTED.caller(chain, from.minusSeconds(1))).isEmpty();
  }

  @Test
  void anotherAuthorityOfTheSameNameIsNotBelieved() {
    var chain = chain(OTHER.issueClient("ada", List.of(Caller.MASTERS), END));
    var now = chain.getFirst().getNotAfter().toInstant().minusSeconds(60);
    assertThat(TRUSTED.caller(chain, now)).isEmpty();
    assertThat(new TrustedAuthorities(List.of(OTHER.certificate())).caller(chain, now)).isPresent();
    assertThat(new TrustedAuthorities(List.of()).caller(chain, now)).isEmpty();
  }

  @Test
  void aServersCertificateIsNoClients() {
    assertThat(TRUSTED.caller(chain(OURS.issueServer()), END)).isEmpty();
  }

  @Test
  void whoIsNamedNothingIsNobody() {
    var chain = chain(OURS.issueClient("", List.of(Caller.MASTERS), END));
    var now = chain.getFirst().getNotAfter().toInstant().minusSeconds(60);
    assertThat(TRUSTED.caller(chain, now)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    CertificateAuthority.CLIENT_AUTHENTICATION + ", true",
    "2.5.29.37.0, true",
    CertificateAuthority.SERVER_AUTHENTICATION + ", false"
  })
  void anAuthorityVouchesOnlyForWhatItIsItselfFor(String purpose, boolean isBelieved) {
    var purposes = purpose.isEmpty() ? List.<String>of() : List.of(purpose);
    var limited = OURS.subordinate("limited", purposes);
    var below = limited.subordinate("below", List.of());
    var client = chain(below.issueClient("ada", List.of(Caller.MASTERS), END)).getFirst();
    var chain = List.of(client, below.certificate(), limited.certificate());
    assertThat(TRUSTED.caller(chain, END).isPresent()).isEqualTo(isBelieved);
    var trusted = new TrustedAuthorities(List.of(limited.certificate()));
    assertThat(trusted.caller(chain, END).isPresent()).isEqualTo(isBelieved);
  }
}
