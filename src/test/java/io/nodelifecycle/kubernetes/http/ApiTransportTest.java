package io.nodelifecycle.kubernetes.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ApiTransportTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final ScriptedServer server = new ScriptedServer();
  private final SteppedTime time = new SteppedTime();
  private final List<String> observed = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  private void observe(int code, String method, String host, Duration duration) {
    observed.add(code + " " + method + " " + host + " " + duration.toSeconds());
  }

  private String host() {
    return server.address().substring("http://".length());
  }

  @Test
  void everyAnswerIsObservedWithItsCodeAndDuration() throws Exception {
    server.then(answer -> {
      time.pass(Duration.ofSeconds(3));
      answer.complete(200, "{}");
    });
    server.then(answer -> answer.complete(403, "{}"));
    try (var transport = server.transport(time, this::observe)) {
      transport.send(ApiRequest.get("/a", LONG)).close();
      var patch = new ApiRequest("PATCH", "/b", "application/json", "{}", LONG);
      assertThatThrownBy(() -> transport.send(patch)).isInstanceOf(ApiFailure.class);
    }
    assertThat(observed).containsExactly("200 GET " + host() + " 3", "403 PATCH " + host() + " 0");
  }

  /** So many requests may be under way; the watches are not among them. */
  @Test
  void noRequestWaitsInTheClientForTheAnswerToAnotherOne() throws Exception {
    var count = 128 + 4;
    try (var transport = server.transport(time);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < count; i++) {
        var request = ApiRequest.get("/" + i, LONG);
        var _ = threads.submit(() -> transport.send(request));
      }
      var arrived = new HashSet<String>();
      for (var i = 0; i < count; i++) {
        arrived.add(server.request().path());
      }
      assertThat(arrived).hasSize(count);
      threads.shutdownNow();
    }
  }

  @Test
  void aRequestWithoutAnAnswerIsObservedWithoutACode() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var address = "http://127.0.0.1:" + port;
    try (var transport = ScriptedServer.transport(address, time, this::observe)) {
      assertThatThrownBy(() -> transport.send(ApiRequest.get("/a", LONG)))
          .isInstanceOf(ApiFailure.class);
    }
    assertThat(observed).containsExactly("0 GET 127.0.0.1:" + port + " 0");
  }
}
