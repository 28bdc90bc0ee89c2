package io.nodelifecycle.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.runtime.TimeSource;
import java.security.cert.CertificateParsingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelfSignedTest {
  private Instant wallClock = Instant.parse("2024-05-06T07:08:09Z");

  private final TimeSource time =
      new TimeSource() {
        @Override
        public Instant now() {
          return wallClock;
        }

        @Override
        public Instant wallClock() {
          return wallClock;
        }

        @Override
        public void sleep(Duration duration) {}
      };

  private final SelfSigned own = new SelfSigned(Set.of("host-1", "10.1.2.3"), time);

  @Test
  void isForItsNamesAndForServers() throws CertificateParsingException {
    var certificate = own.current().chain().getFirst();
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(((List<?>) name).get(1)))
        .contains("localhost", "127.0.0.1", "host-1", "10.1.2.3");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void isMadeAnewAMonthBeforeItEnds() {
    var first = own.current();
    var renewal = first.notAfter().minus(SelfSigned.RENEWED_BEFORE);
    wallClock = renewal.minusMillis(1);
    assertThat(own.current()).isSameAs(first);
    wallClock = renewal;
    var second = own.current();
    assertThat(second.notAfter()).isEqualTo(renewal.plus(SelfSigned.LIFETIME));
    assertThat(own.current()).isSameAs(second);
  }

  /** The numbers are those of RFC 5280: 2 is a DNS name, 7 an IP address. */
  @ParameterizedTest
  @CsvSource({
    "host-1, 2 host-1",
    "10.1.2.3, 7 10.1.2.3",
    "123456789012, 2 123456789012",
    "1.2.3, 2 1.2.3",
    "127.1, 2 127.1",
    "1.2.3.4.5, 2 1.2.3.4.5",
    "2001:db8::1, 7 2001:db8:0:0:0:0:0:1",
    "fe80::1, 7 fe80:0:0:0:0:0:0:1"
  })
  void onlyAnAddressIsCalledOne(String name, String alternative)
      throws CertificateParsingException {
    var certificate = new SelfSigned(Set.of(name), time).current().chain().getFirst();
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(each -> ((List<?>) each).get(0) + " " + ((List<?>) each).get(1))
        .contains(alternative);
  }
}
