package io.nodelifecycle.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.kubernetes.http.SteppedTime;
import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.serving.authentication.Authenticator;
import io.nodelifecycle.serving.authentication.CertificateAuthenticator;
import io.nodelifecycle.serving.authentication.TokenAuthenticator;
import io.nodelifecycle.serving.authorization.AllowedPaths;
import io.nodelifecycle.serving.authorization.Authorizer;
import io.nodelifecycle.serving.review.AccessVerdict;
import io.nodelifecycle.serving.review.ReviewGate;
import io.nodelifecycle.serving.tls.ServerIdentity;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.PortClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real port, and pages of the test. */
final class SecurePortTest {
  /** More than all buffers between two ends of a connection hold. */
  private static final byte[] LARGE = new byte[64 << 20];

  private final int number = ControlPlane.freePort();
  private final SystemTime real = new SystemTime();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final SecurePort port = new SecurePort("127.0.0.1", number, this::served);
  private final PortClient client = PortClient.nobody(number);

  private Served served() {
    var time = new SteppedTime();
    var gate = new ReviewGate(time);
    var authenticator =
        new Authenticator(
            new CertificateAuthenticator(Optional.empty(), Optional.empty(), true, time),
            new TokenAuthenticator(_ -> Optional.empty(), gate, Duration.ZERO, time));
    var authorizer =
        new Authorizer(
            new AllowedPaths(List.of("*")),
            (_, _, _) -> new AccessVerdict(false, ""),
            gate,
            new Authorizer.CacheTimes(Duration.ZERO, Duration.ZERO),
            _ -> true,
            time);
    Page small = _ -> Answer.text(200, "ok");
    Page large =
        _ -> {
          asked.countDown();
          return new Answer(200, "application/octet-stream", LARGE);
        };
    return new Served(
        ServerIdentity.selfSigned(Set.of(), real),
        authenticator,
        authorizer,
        new Pages(Map.of("/small", small, "/large", large)));
  }

  @BeforeEach
  void open() throws Exception {
    port.start();
    port.await();
  }

  @AfterEach
  void close() {
    client.close();
    port.close();
  }

  @Test
  void everyConnectionEndsWithItsAnswer() throws IOException {
    assertThat(client.send("GET", "/small", "", ""))
        .satisfies(answer -> {
          assertThat(answer.text()).isEqualTo("ok");
          assertThat(answer.headers().firstValue("Connection")).hasValue("close");
        });
    var twice = "GET /small HTTP/1.1\r\n\r\n".repeat(2);
    try (var socket = client.connect()) {
      socket.getOutputStream().write(twice.getBytes(StandardCharsets.US_ASCII));
      var all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(all).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\nok");
      assertThat(all.split("HTTP/1.1 200 ", -1)).hasSize(2);
    }
  }

  @Test
  void whoDoesNotReadDoesNotHoldUpTheEnd() throws Exception {
    try (var socket = client.connect()) {
      socket
          .getOutputStream()
          .write("GET /large HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      asked.await();
      // Until nothing can be written any more.
      Pause.of(Duration.ofMillis(500));
      var began = real.now();
      port.close();
      assertThat(Duration.between(began, real.now())).isLessThan(Duration.ofSeconds(5));
    }
  }
}
