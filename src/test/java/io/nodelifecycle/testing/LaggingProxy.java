package io.nodelifecycle.testing;

import com.sun.net.httpserver.HttpExchange;
import io.nodelifecycle.testing.ControlPlane.User;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * Stands between a controller and a real API server and passes everything on, but can hold back
 * what the watches of one resource deliver: they stay open and nothing arrives. It listens without
 * TLS, asks for no credentials (over such a connection the reference gives none) and is one user to
 * the API server.
 */
public final class LaggingProxy implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int CHUNK_BYTES = 16_384;

  /** What belongs to one connection, not to what is sent over it. */
  private static final Set<String> OF_CONNECTION =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "transfer-encoding",
          "upgrade");

  private final URI target;
  private final User user;
  private final HttpClient http;
  private final LocalServer server;
  private final Object change = new Object();
  private Optional<String> held = Optional.empty();
  private int holding;

  private LaggingProxy(URI target, User user, HttpClient http) {
    this.target = target;
    this.user = user;
    this.http = http;
    this.server = LocalServer.start(this::forward);
  }

  /** Starts one before the API server of this control plane; it holds nothing back yet. */
  public static LaggingProxy start(ControlPlane plane, User user) {
    var http =
        HttpClient.newBuilder()
            .sslContext(plane.trust())
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    return new LaggingProxy(plane.server(), user, http);
  }

  /** Writes a kubeconfig file with this proxy's address into the folder. */
  public Path kubeconfig(Path folder) {
    var text =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: proxy
          cluster: {server: "%s"}
        users:
        - name: proxy
          user: {}
        contexts:
        - name: proxy
          context: {cluster: proxy, user: proxy}
        current-context: proxy
        """
            .formatted(server.address());
    try {
      return Files.writeString(Files.createTempFile(folder, "kubeconfig-", ".yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write in " + folder, e);
    }
  }

  /**
   * From now on nothing arrives of the watches of this resource, also of those that are opened
   * later, until {@link #release}. They are accepted, and other requests are not concerned.
   *
   * @param resource as in paths, such as {@code leases}
   */
  public void hold(String resource) {
    synchronized (change) {
      held = Optional.of(resource);
    }
  }

  /** Lets everything go that was held back. */
  public void release() {
    synchronized (change) {
      held = Optional.empty();
      change.notifyAll();
    }
  }

  /** How many watches have something to deliver that is held back. */
  public int holding() {
    synchronized (change) {
      return holding;
    }
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      var response = send(exchange);
      try (var body = response.body()) {
        copyHeaders(response.headers().map(), exchange);
        var uri = exchange.getRequestURI();
        if (isWatch(uri)) {
          exchange.sendResponseHeaders(response.statusCode(), 0);
          relay(body, exchange.getResponseBody(), resource(uri));
        } else {
          answer(exchange, response.statusCode(), body.readAllBytes());
        }
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    if (body.length == 0) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private HttpResponse<InputStream> send(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    var request =
        HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI().toString()))
            .header("Authorization", "Bearer " + user.token())
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!isOfConnection(name)) {
            values.forEach(value -> request.header(name, value));
          }
        });
    try {
      return http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the API server was asked");
    }
  }

  private static void copyHeaders(Map<String, List<String>> headers, HttpExchange exchange) {
    headers.forEach((name, values) -> {
      if (!isOfConnection(name)) {
        exchange.getResponseHeaders().put(name, values);
      }
    });
  }

  private static boolean isOfConnection(String header) {
    return OF_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
  }

  private static boolean isWatch(URI uri) {
    var query = Optional.ofNullable(uri.getQuery()).orElse("");
    return List.of(query.split("&", -1)).contains("watch=true");
  }

  private static String resource(URI uri) {
    return uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
  }

  /** Passes on what arrives as soon as it may; the head is passed on in any case. */
  private void relay(InputStream from, OutputStream to, String resource) throws IOException {
    to.flush();
    var chunk = new byte[CHUNK_BYTES];
    for (var count = from.read(chunk); count >= 0; count = from.read(chunk)) {
      awaitTurn(resource);
      to.write(chunk, 0, count);
      to.flush();
    }
  }

  private void awaitTurn(String resource) throws IOException {
    synchronized (change) {
      holding++;
      try {
        while (held.filter(resource::equals).isPresent()) {
          change.wait();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while a watch was held back");
      } finally {
        holding--;
      }
    }
  }

  /** Ends all connections. */
  @Override
  public void close() {
    release();
    server.close();
    http.shutdownNow();
  }
}
