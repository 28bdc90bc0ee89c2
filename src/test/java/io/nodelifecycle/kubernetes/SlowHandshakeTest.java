package io.nodelifecycle.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.sun.net.httpserver.HttpExchange;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.kubernetes.http.ApiTransport;
import io.nodelifecycle.kubernetes.http.ScriptedServer;
import io.nodelifecycle.kubernetes.writer.KubernetesWriter;
import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.testing.CertificateAuthority;
import io.nodelifecycle.testing.LocalServer;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.TcpRelay;
import io.nodelifecycle.testing.TcpRelay.Fate;
import io.nodelifecycle.testing.TcpRelay.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process may lose its leadership while a new connection greets the API server: a process that is
 * stopped and continued does.
 */
@Timeout(60)
final class SlowHandshakeTest {
  private static final String NODE =
      """
      {"kind": "Node", "metadata": {"name": "a", "uid": "u", "resourceVersion": "7"}}
      """;

  /** Long enough for the connection to take over what it takes before its handshake is over. */
  private static final Duration HANDED_OVER = Duration.ofMillis(500);

  private final SystemTime time = new SystemTime();
  private final AtomicInteger whole = new AtomicInteger();
  private final AtomicBoolean leads = new AtomicBoolean(true);
  private final CertificateAuthority authority = CertificateAuthority.create("test");
  private final LocalServer server = LocalServer.start(authority, this::answer);
  private final TcpRelay relay = TcpRelay.start(server.address());
  private final ApiTransport transport =
      ScriptedServer.transport(relay.address().toString(), authority.certificatePem(), time);

  @AfterEach
  void stop() {
    transport.close();
    relay.close();
    server.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      whole.incrementAndGet();
      LocalServer.answer(exchange, 200, NODE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWriteThatWaitsForItLeavesOnlyWhileLeading(boolean stillLeads) throws Exception {
    var writer = new KubernetesWriter(transport, time, _ -> leads.get(), false);
    relay.cut(Way.TO_CLIENT, Fate.DELAYED);
    var outcome = CompletableFuture.supplyAsync(() -> writer.write(write()));
    assertThat(Pause.until(Duration.ofSeconds(20), () -> relay.accepted() == 1)).isTrue();
    Pause.of(HANDED_OVER);
    leads.set(stillLeads);
    relay.heal();
    if (stillLeads) {
      assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Succeeded.class);
    } else {
      assertThat(outcome.get(20, TimeUnit.SECONDS))
          .extracting(Object::toString, STRING)
          .contains("leadership was lost before the request could be sent");
    }
    Pause.of(HANDED_OVER);
    assertThat(whole).hasValue(stillLeads ? 1 : 0);
  }

  private static PatchNodeTaints write() {
    return new PatchNodeTaints(new NodeKey("a", "u"), "7", List.of(), List.of(), List.of(), 0);
  }
}
