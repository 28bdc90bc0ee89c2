package io.nodelifecycle.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.PortClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Requests that their clients give up leave nothing behind on the packaged program's secure port,
 * which is given few connections here, so that few are enough to use them up. No API server is
 * there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AbortedRequestsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int OPEN_MAX = 40;
  private static final int ABORTED = 220;
  private static final String HOST = " /livez HTTP/1.1\r\nHost: localhost\r\n";

  private final int port = ControlPlane.freePort();
  private final PortClient client = PortClient.nobody(port);
  private ControllerProcess program;
  private Path classes;

  /** What is sent, and whether the connection is then cut or closed. */
  enum Aborted {
    BODY_THAT_NEVER_COMES("POST" + HOST + "Content-Length: 5\r\n\r\n", false),
    BODY_OF_A_HEAD("HEAD" + HOST + "Content-Length: 5\r\n\r\n", false),
    CHUNK_THAT_NEVER_COMES("GET" + HOST + "Transfer-Encoding: chunked\r\n\r\n5\r\n", false),
    CUT_BEFORE_THE_ANSWER("GET" + HOST + "\r\n", true),
    CUT_WHILE_A_TOKEN_IS_CHECKED("GET" + HOST + "Authorization: Bearer a\r\n\r\n", true),
    CUT_WITHIN_HEADERS("GET" + HOST, true),
    CLOSED_AFTER_THE_ANSWER("GET" + HOST + "Connection: close\r\n\r\n", false);

    private final byte[] request;
    private final boolean isCut;

    Aborted(String request, boolean isCut) {
      this.request = request.getBytes(StandardCharsets.US_ASCII);
      this.isCut = isCut;
    }
  }

  @BeforeAll
  void startProgram(@TempDir Path folder) throws IOException {
    classes = folder.resolve("classes.log");
    program =
        ControllerProcess.withOptions(
            folder,
            LoneProgram.arguments(folder, port),
            "-Djdk.httpserver.maxConnections=%d -Xlog:class+load:file=%s"
                .formatted(OPEN_MAX, classes));
    LoneProgram.awaitOpen(program);
  }

  @AfterAll
  void end() {
    client.close();
    program.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsAbortedTakesNoConnectionAway(Aborted kind) {
    for (int i = 0; i < ABORTED; i++) {
      abort(kind);
    }
    assertThat(Pause.until(SOON, this::isAnswering)).isTrue();
  }

  /** Whether the packaged program finds the resolver, whose own test says what it does. */
  @Test
  void namesOfClientsAreNotAskedFor() throws IOException {
    assertThat(client.get("/livez").code()).isEqualTo(200);
    assertThat(Files.readString(classes)).contains(NoReverseLookups.class.getName());
  }

  /** A connection that is refused while others still end is tried again by the next one. */
  private void abort(Aborted kind) {
    try (var plain = client.plain("127.0.0.1");
        var socket = client.over(plain)) {
      socket.setSoTimeout((int) SOON.toMillis());
      socket.startHandshake();
      socket.getOutputStream().write(kind.request);
      socket.getOutputStream().flush();
      if (kind.isCut) {
        // Closing then tears it down, whatever is on its way.
        plain.setSoLinger(true, 0);
      }
    } catch (IOException _) {
      // Refused.
    }
  }

  private boolean isAnswering() {
    try (var fresh = PortClient.nobody(port)) {
      return fresh.get("/livez").code() == 200;
    } catch (UncheckedIOException _) {
      return false;
    }
  }
}
