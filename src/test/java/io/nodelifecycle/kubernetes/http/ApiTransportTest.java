package io.nodelifecycle.kubernetes.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
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

  /** Whatever happened since it was decided on. */
  @Test
  void aRequestThatMayNotLeaveAnyMoreDoesNot() throws Exception {
    var isAsked = new AtomicBoolean();
    server.then(ScriptedServer.Answer::hold).then(answer -> answer.complete(200, "{}"));
    try (var transport = server.transport(time)) {
      var patch = new ApiRequest("PATCH", "/b", "application/json", "{}", LONG);
      assertThatThrownBy(() ->
              transport.send(
                  patch,
                  () -> {
                    isAsked.set(true);
                    return false;
                  }))
          .isInstanceOf(ApiFailure.class)
          .hasMessageContaining("leadership");
      assertThat(isAsked).isTrue();
      transport.send(ApiRequest.get("/c", LONG), () -> false).close();
    }
  }

  @Test
  void aListIsReadAsItWasBeforeItWasCompressed() throws Exception {
    var text = "{\"items\": [%s]}".formatted("\"pod\", ".repeat(100_000));
    server.then(answer -> answer.complete(200, gzip(text), "Content-Encoding: gzip"));
    try (var transport = server.transport(time);
        var stream = transport.send(ApiRequest.list("/a", LONG))) {
      assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo(text);
    }
    assertThat(server.request().headers()).contains("Accept-Encoding: gzip");
  }

  @Test
  void nothingElseIsCompressed() throws Exception {
    var packed = gzip("{}");
    server.then(answer -> answer.complete(200, packed, "Content-Encoding: gzip"));
    try (var transport = server.transport(time);
        var stream = transport.send(ApiRequest.get("/a", LONG))) {
      assertThat(stream.readAllBytes()).isEqualTo(packed);
    }
    assertThat(server.request().headers()).noneMatch(header -> header.contains("gzip"));
  }

  @Test
  void aListThatIsNotWhatItSaysItIsFailsLikeABrokenConnection() throws Exception {
    server.then(answer -> answer.complete(200, "{}", "Content-Encoding: gzip"));
    try (var transport = server.transport(time);
        var stream = transport.send(ApiRequest.list("/a", LONG))) {
      assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aSmallAnswerThatBecomesTooLargeIsCutOff() throws Exception {
    var packed = gzip(" ".repeat(10_000_000));
    assertThat(packed.length).isLessThan(20_000);
    server.then(answer -> answer.complete(200, packed, "Content-Encoding: gzip"));
    try (var transport = server.transport(time);
        var stream = transport.send(ApiRequest.list("/a", LONG))) {
      stream.limitBytes(1_000_000);
      assertThatThrownBy(stream::readAllBytes).isInstanceOf(BodyStream.TooLargeException.class);
    }
  }

  /** Whoever waits for the rest of it stops waiting. */
  @Test
  void aCompressedAnswerCanBeClosedWhileItIsRead() throws Exception {
    var packed = gzip("[1, 2, 3]".repeat(10_000));
    server.then(answer -> {
      answer.begin("Content-Encoding: gzip").chunk(Arrays.copyOf(packed, packed.length / 2));
      answer.hold();
    });
    try (var transport = server.transport(time);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var stream = transport.send(ApiRequest.list("/a", LONG));
      var reading = threads.submit(stream::readAllBytes);
      while (stream.waitingSince().isEmpty()) {
        Thread.onSpinWait();
      }
      stream.close();
      assertThatThrownBy(reading::get).hasCauseInstanceOf(IOException.class);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
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
