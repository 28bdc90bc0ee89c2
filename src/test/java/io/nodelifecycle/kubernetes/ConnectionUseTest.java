package io.nodelifecycle.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.ReadLeases;
import io.nodelifecycle.core.Observation.Outcome.Succeeded;
import io.nodelifecycle.core.Observation.ReadOutcome.Leases;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.ApiTransport;
import io.nodelifecycle.kubernetes.http.ScriptedServer;
import io.nodelifecycle.kubernetes.reader.ListPages;
import io.nodelifecycle.kubernetes.reader.LiveReader;
import io.nodelifecycle.kubernetes.writer.KubernetesWriter;
import io.nodelifecycle.runtime.Leadership;
import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.testing.LocalServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handshake with an API server costs more than a request does. */
@Timeout(60)
final class ConnectionUseTest {
  private static final int REQUESTS = 10;
  private static final String NODE =
      """
      {"kind": "Node", "metadata": {"name": "a", "uid": "u", "resourceVersion": "7"}}
      """;
  private static final String LIST =
      """
      {"kind": "LeaseList", "metadata": {"resourceVersion": "7"}, "items": []}
      """;

  private final SystemTime time = new SystemTime();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch isStopping = new CountDownLatch(1);
  private final LocalServer server = LocalServer.start(this::serve);
  private final ApiTransport transport =
      ScriptedServer.transport(server.address().toString(), time);

  @AfterEach
  void stop() {
    isStopping.countDown();
    transport.close();
    server.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().startsWith("/api/v1/nodes/stalls")) {
      stall(exchange);
    } else {
      answer(exchange);
    }
  }

  /** In chunks, as API servers answer; the end comes by itself, and late. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      connections.add(exchange.getRemoteAddress());
      exchange.getRequestBody().readAllBytes();
      var text = exchange.getRequestURI().getPath().contains("/nodes/") ? NODE : LIST;
      exchange.sendResponseHeaders(200, 0);
      try (var body = exchange.getResponseBody()) {
        body.write(text.getBytes(StandardCharsets.UTF_8));
        body.flush();
        time.sleep(Duration.ofMillis(20));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything comes but the end. */
  private void stall(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      try (var body = exchange.getResponseBody()) {
        body.write(NODE.getBytes(StandardCharsets.UTF_8));
        body.flush();
        isStopping.await();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static PatchNodeTaints write(String node) {
    return new PatchNodeTaints(new NodeKey(node, "u"), "7", List.of(), List.of(), List.of(), 0);
  }

  @Test
  void oneWriteAfterTheOtherGoesOutOnOneConnection() {
    var writer = new KubernetesWriter(transport, time, Leadership.ALONE, false);
    for (var i = 0; i < REQUESTS; i++) {
      assertThat(writer.write(write("a"))).isInstanceOf(Succeeded.class);
    }
    assertThat(connections).hasSize(1);
  }

  @Test
  void oneReadAfterTheOtherGoesOutOnOneConnection() {
    var reader = new LiveReader(transport, time);
    for (var i = 0; i < REQUESTS; i++) {
      assertThat(reader.read(new ReadLeases())).isInstanceOf(Leases.class);
    }
    assertThat(connections).hasSize(1);
  }

  @Test
  void onePageAfterTheOtherGoesOutOnOneConnection() throws Exception {
    var pages = new ListPages(transport);
    for (var i = 0; i < REQUESTS; i++) {
      try (var page = pages.open(Resource.PODS, "")) {
        assertThat(page.readAllBytes()).isNotEmpty();
      }
    }
    assertThat(connections).hasSize(1);
  }

  @Test
  void anAnswerThatDoesNotEndIsNotWaitedFor() {
    var writer = new KubernetesWriter(transport, time, Leadership.ALONE, false);
    var began = time.now();
    assertThat(writer.write(write("stalls"))).isInstanceOf(Succeeded.class);
    assertThat(Duration.between(began, time.now())).isLessThan(Duration.ofSeconds(5));
  }
}
