package io.nodelifecycle.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.runtime.TimeSource;
import java.security.cert.CertificateParsingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SelfSignedTest {
  private Instant wallClock = Instant.parse("2024-05-06T07:08:09Z");

  private final SelfSigned own =
      new SelfSigned(
          Set.of("host-1", "10.1.2.3"),
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
          });

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
}
