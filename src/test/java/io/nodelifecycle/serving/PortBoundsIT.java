package io.nodelifecycle.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.PortClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What clients may take of the packaged program's secure port. No API server is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PortBoundsIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Fifteen seconds for a handshake and a request. */
  private static final Duration CUT_WITHIN = Duration.ofSeconds(25);

  private static final Duration UNREAD_CUT_WITHIN = Duration.ofSeconds(60);

  /** Times a megabyte: more than all buffers between two processes hold. */
  private static final int UNREAD_MAX = 10_000;

  /** Connections, and those on which something is under way from one address. */
  private static final int OPEN_MAX = 2000;

  private static final int SHARE_MAX = 32;

  /** Five seconds for the first byte. */
  private static final Duration SILENT_CUT_WITHIN = Duration.ofSeconds(10);

  private static final int HELLO = 22;
  private static final int ALERT = 21;
  private static final int PROTOCOL_VERSION = 70;
  private static final String GET = "GET /livez HTTP/1.1\r\nHost: localhost\r\n";

  private final int port = ControlPlane.freePort();
  private final PortClient client = PortClient.nobody(port);
  private ControllerProcess program;

  @BeforeAll
  void startProgram(@TempDir Path folder) throws IOException {
    program = ControllerProcess.program(folder, LoneProgram.arguments(folder, port));
    LoneProgram.awaitOpen(program);
  }

  @AfterAll
  void end() {
    client.close();
    program.close();
  }

  @Test
  void whoIsSlowIsCutAndNobodyElseWaits() throws Exception {
    var slow = new ArrayList<Callable<Duration>>();
    slow.add(() -> untilCut(plain(), "\u0016\u0003\u0001"));
    slow.add(() -> untilCut(client.connect(), ""));
    slow.add(() -> untilCut(client.connect(), GET + "X-Slow: "));
    slow.add(this::trickle);
    var unread = CompletableFuture.supplyAsync(this::unread);
    try (var threads = Executors.newFixedThreadPool(slow.size() + 1)) {
      var cuts = slow.stream().map(threads::submit).toList();
      for (int i = 0; i < 20; i++) {
        assertThat(client.get("/livez").code()).isEqualTo(200);
      }
      for (var cut : cuts) {
        assertThat(cut.get()).isLessThan(CUT_WITHIN);
      }
    }
    assertThat(unread.get()).isLessThan(UNREAD_CUT_WITHIN);
  }

  @Test
  void whoSaysNothingIsCutSoon() throws IOException {
    assertThat(untilCut(plain(), "")).isLessThan(SILENT_CUT_WITHIN);
  }

  /** How long the other side keeps a connection on which nothing more comes. */
  private static Duration untilCut(Socket socket, String beginning) throws IOException {
    var began = System.nanoTime();
    try (socket) {
      socket.setSoTimeout((int) CUT_WITHIN.toMillis());
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      drain(socket.getInputStream());
    } catch (SocketTimeoutException _) {
      return CUT_WITHIN;
    } catch (IOException _) {
      // Cut, and not with courtesy.
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** A byte of a header now and then: always something new, and never all. */
  private Duration trickle() throws IOException {
    var began = System.nanoTime();
    try (var socket = client.connect()) {
      socket.getOutputStream().write((GET + "X-Slow: ").getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 2 * CUT_WITHIN.toSeconds(); i++) {
        socket.getOutputStream().write('x');
        socket.getOutputStream().flush();
        Pause.of(Duration.ofMillis(500));
      }
      return CUT_WITHIN;
    } catch (IOException _) {
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  private Duration unread() {
    try {
      return neverRead();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends for as long as it can, and reads nothing: in the end nothing can be sent any more. */
  private Duration neverRead() throws IOException {
    var padded = GET + "X-Padding: " + "a".repeat(10_000) + "\r\n\r\n";
    var requests = padded.repeat(100).getBytes(StandardCharsets.US_ASCII);
    var began = System.nanoTime();
    try (var socket = client.connect()) {
      for (int i = 0; i < UNREAD_MAX; i++) {
        socket.getOutputStream().write(requests);
      }
      return UNREAD_CUT_WITHIN;
    } catch (IOException _) {
      return Duration.ofNanos(System.nanoTime() - began);
    }
  }

  @Test
  void whatIsTooLargeIsRefused() throws IOException {
    assertThat(client.get("/" + "a".repeat(1023)).code()).isIn(403, 500);
    assertThat(client.get("/" + "a".repeat(1024)).code()).isEqualTo(414);
    assertThat(status(GET + "X-Large: " + "a".repeat(15_000) + "\r\n\r\n")).isEqualTo("200");
    assertThat(status(GET + "X-Large: " + "a".repeat(17_000) + "\r\n\r\n")).isNotEqualTo("200");
    assertThat(status("GET /" + "a".repeat(17_000) + " HTTP/1.1\r\n\r\n")).isNotEqualTo("200");
    assertThat(status(GET + "A: b\r\n".repeat(1000) + "\r\n")).isNotEqualTo("200");
    assertThat(status(GET + "Content-Length: 1000000000\r\n\r\n" + "a".repeat(100_000)))
        .isIn("413", "");
    assertThat(status(GET + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"))
        .isEqualTo("413");
    assertThat(status("POST /livez HTTP/1.1\r\nContent-Length: 1\r\n\r\na")).isEqualTo("405");
    assertThat(client.get("/livez").code()).isEqualTo(200);
  }

  /** The code of the first answer to what is sent as it is; empty if it is cut without one. */
  private String status(String request) throws IOException {
    try (var socket = client.connect()) {
      socket.setSoTimeout((int) SOON.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      var line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return line.length() < 12 ? "" : line.substring(9);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException _) {
      return "";
    }
  }

  @Test
  void onlySoManyConnectionsAreOpenAtOnce() throws IOException {
    var open = new ArrayList<Socket>();
    try {
      for (int i = 0; i < OPEN_MAX + 20; i++) {
        open.add(plain());
      }
      assertThat(isCut(open.getLast())).isTrue();
      assertThat(isCut(open.getFirst())).isFalse();
    } finally {
      for (var socket : open) {
        socket.close();
      }
    }
    assertThat(Pause.until(SOON, this::isAnswering)).isTrue();
  }

  /** Each has begun a handshake. */
  @Test
  void oneAddressKeepsOutNobodyElse() throws IOException {
    var open = new ArrayList<Socket>();
    try {
      for (int i = 0; i < SHARE_MAX; i++) {
        open.add(begun("127.0.0.2"));
      }
      assertThat(isCut(open.getFirst())).isFalse();
      for (int i = 0; i < OPEN_MAX / 2; i++) {
        open.add(begun("127.0.0.2"));
      }
      assertThat(isCut(open.getLast())).isTrue();
      assertThat(isCut(open.get(SHARE_MAX - 1))).isFalse();
      assertThat(isAnswering()).isTrue();
    } finally {
      for (var socket : open) {
        socket.close();
      }
    }
    assertThat(Pause.until(SOON, () -> isAnswering("127.0.0.2"))).isTrue();
  }

  private Socket begun(String from) throws IOException {
    var socket = client.plain(from);
    socket.getOutputStream().write(HELLO);
    return socket;
  }

  private boolean isAnswering(String from) {
    try (var plain = client.plain(from);
        var socket = client.over(plain)) {
      socket.getOutputStream().write((GET + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().readAllBytes().length > 0;
    } catch (IOException _) {
      return false;
    }
  }

  private boolean isAnswering() {
    try (var fresh = PortClient.nobody(port)) {
      return fresh.get("/livez").code() == 200;
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  private static boolean isCut(Socket socket) throws IOException {
    try {
      socket.setSoTimeout(1000);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  @Test
  void tlsBelow12IsRefused() throws IOException {
    assertThat(firstRecord(0x0301)).containsExactly(ALERT, PROTOCOL_VERSION);
    assertThat(firstRecord(0x0302)).containsExactly(ALERT, PROTOCOL_VERSION);
    assertThat(firstRecord(0x0303)).startsWith(HELLO);
    try (var socket = client.connect()) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  /**
   * How the server answers a client that speaks this version of TLS at most: the type of its first
   * record, and of an alert what it is about.
   */
  private int[] firstRecord(int version) throws IOException {
    // Any random, no session, two suites with forward secrecy, no compression; the groups and
    // signatures that a server needs to choose one.
    var suites = "c02fc02b";
    var extensions = "000a00040002001700" + "0b00020100" + "000d0006000404010403";
    var body =
        "%04x%s00%04x%s0100%04x%s"
            .formatted(
                version,
                "5a".repeat(32),
                suites.length() / 2,
                suites,
                extensions.length() / 2,
                extensions);
    var handshake = "01%06x%s".formatted(body.length() / 2, body);
    var record = "160301%04x%s".formatted(handshake.length() / 2, handshake);
    try (var socket = plain()) {
      socket.setSoTimeout((int) SOON.toMillis());
      socket.getOutputStream().write(HexFormat.of().parseHex(record));
      var answer = socket.getInputStream().readNBytes(7);
      return answer[0] == ALERT ? new int[] {ALERT, answer[6]} : new int[] {answer[0]};
    }
  }

  private Socket plain() throws IOException {
    return client.plain("127.0.0.1");
  }

  private static void drain(InputStream stream) throws IOException {
    while (stream.read() >= 0) {
      // Whatever it is.
    }
  }
}
