package io.nodelifecycle.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;

/** An HTTP server of a test's own, on a free port of the loopback interface. */
public final class LocalServer implements AutoCloseable {
  private final String scheme;
  private final HttpServer server;

  private LocalServer(String scheme, HttpServer server, HttpHandler handler) {
    this.scheme = scheme;
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", handler);
    server.start();
  }

  /** Starts one that answers every request like this, each on a thread of its own. */
  public static LocalServer start(HttpHandler handler) {
    try {
      return new LocalServer("http", HttpServer.create(anywhere(), 0), handler);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a server", e);
    }
  }

  /** The same with TLS, and a certificate of this authority. */
  public static LocalServer start(CertificateAuthority authority, HttpHandler handler) {
    try {
      var server = HttpsServer.create(anywhere(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(authority.issueServer().serverContext()));
      return new LocalServer("https", server, handler);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot start a server", e);
    }
  }

  private static InetSocketAddress anywhere() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Its address, without a path. */
  public URI address() {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers with this body, of a known length. */
  public static void answer(HttpExchange exchange, int code, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Ends it, and what is under way. */
  @Override
  public void close() {
    server.stop(0);
  }
}
