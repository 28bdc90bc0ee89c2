package io.nodelifecycle.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An API server on the loopback interface, in front of an in-memory cluster. */
public final class SandboxApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxApiServer.class);
  private static final int BACKLOG = 1024;

  private final HttpServer http;
  private final ExecutorService requests;
  private final ScheduledExecutorService timer;
  private final ServerOptions options;
  private final Discovery discovery = new Discovery();
  private final ObjectRequests objects;

  private SandboxApiServer(
      HttpServer http, SandboxCluster cluster, ServerOptions options, InstantSource time) {
    this.http = http;
    this.options = options;
    this.requests =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory());
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("api-timer").factory());
    this.objects =
        new ObjectRequests(
            cluster, time, new WatchStreams(cluster, timer, options), options.witness());
  }

  /**
   * Starts a server.
   *
   * @param port where to listen on 127.0.0.1; 0 for any free port
   * @param time what time it is for the objects
   * @throws IOException if the port is taken
   */
  public static SandboxApiServer start(
      SandboxCluster cluster, int port, ServerOptions options, InstantSource time)
      throws IOException {
    // Read once by the JDK's server: small answers must not wait for the delayed acknowledgement
    // of the ones before, and pooled connections of clients must not be closed under them.
    setDefault("sun.net.httpserver.nodelay", "true");
    setDefault("sun.net.httpserver.idleInterval", "600");
    setDefault("sun.net.httpserver.maxIdleConnections", "2000");
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
    SandboxApiServer server = new SandboxApiServer(http, cluster, options, time);
    http.createContext("/", server::handle);
    http.setExecutor(server.requests);
    http.start();
    return server;
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Where it listens. */
  public URI baseUri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /**
   * Where it listens, with the token in the path: for kubectl and others who send no credentials
   * over plain HTTP.
   */
  public URI uriWithToken() {
    String token = options.bearerToken();
    return token.isEmpty() ? baseUri() : URI.create(baseUri() + "/" + token);
  }

  /** Stops at once; requests and watches under way are cut. */
  @Override
  public void close() {
    http.stop(0);
    timer.shutdownNow();
    requests.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
    } catch (ApiFailure failure) {
      Responses.failure(exchange, failure);
    } catch (DroppedConnection dropped) {
      throw dropped;
    } catch (IOException _) {
      // The client went away: nobody is left to tell.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | StackOverflowError broken) {
      LOG.atError().setCause(broken).addKeyValue("request", exchange.getRequestURI()).log("failed");
      Responses.failure(exchange, ApiFailure.of(500, "InternalError", "internal error: " + broken));
    }
    exchange.close();
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    String sent = exchange.getRequestURI().getPath();
    String path = withoutToken(sent);
    if (path.equals("/healthz") || path.equals("/livez") || path.equals("/readyz")) {
      Responses.text(exchange, 200, "ok");
      return;
    }
    if (path.equals(sent) && !isAuthorized(exchange)) {
      throw ApiFailure.of(401, "Unauthorized", "Unauthorized");
    }
    String method = exchange.getRequestMethod();
    Query query = Query.parse(exchange.getRequestURI().getRawQuery());
    Optional<ApiCall> call = ApiCall.parse(method, path, query);
    if (call.isPresent()) {
      withFaults(exchange, call.get());
    } else {
      discovery.answer(exchange, path);
    }
  }

  private void withFaults(HttpExchange exchange, ApiCall call)
      throws IOException, InterruptedException {
    switch (options.faults().onRequest(call)) {
      case Fault.Delay(var duration) ->
          new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
      case Fault.Refuse refuse -> {
        if (refuse.retryAfterSeconds() > 0) {
          String seconds = Integer.toString(refuse.retryAfterSeconds());
          exchange.getResponseHeaders().set("Retry-After", seconds);
        }
        throw ApiFailure.of(refuse.status(), refuse.reason(), "refused by the fault plan");
      }
      case Fault.Drop(boolean isCarriedOut) -> {
        if (isCarriedOut) {
          objects.carryOut(exchange, call);
        }
        throw new DroppedConnection();
      }
    }
    objects.answer(exchange, call);
  }

  /** The path without the token at its beginning; where there is none, the path as it is. */
  private String withoutToken(String path) {
    String prefix = "/" + options.bearerToken();
    boolean has = prefix.length() > 1 && path.startsWith(prefix + "/");
    return has ? path.substring(prefix.length()) : path;
  }

  private boolean isAuthorized(HttpExchange exchange) {
    if (options.bearerToken().isEmpty()) {
      return true;
    }
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    String wanted = "Bearer " + options.bearerToken();
    return sent != null
        && MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }
}
