package io.nodelifecycle.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plain client of the Kubernetes API: requests with JSON bodies, nothing retried, nothing cached.
 * Paths begin at the server's root and may carry a query.
 */
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI server;
  private final Optional<String> token;
  private final HttpClient http;

  private ApiClient(URI server, Optional<String> token, HttpClient http) {
    this.server = server;
    this.token = token;
    this.http = http;
  }

  /** A client of an HTTPS server that speaks HTTP/2 where the server does. */
  public static ApiClient secure(URI server, SSLContext tls, String token) {
    return new ApiClient(server, Optional.of(token), builder().sslContext(tls).build());
  }

  /** A client of an HTTP server that asks for no credentials. */
  public static ApiClient plain(URI server) {
    var http = builder().version(HttpClient.Version.HTTP_1_1).build();
    return new ApiClient(server, Optional.empty(), http);
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .executor(Executors.newVirtualThreadPerTaskExecutor());
  }

  /** Parses JSON text, such as a request body written in a test. */
  public static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  /** Reads one object or a list. */
  public ApiResponse get(String path) {
    return send("GET", path, "", "");
  }

  /** Reads one object or a list in the form that an Accept header asks for. */
  public ApiResponse getAs(String accept, String path) {
    return send(request(path).setHeader("Accept", accept).GET());
  }

  /** The items of a list, which must be readable. */
  public Stream<JsonNode> items(String path) {
    return StreamSupport.stream(get(path).orThrow().path("items").spliterator(), false);
  }

  /** Creates an object. */
  public ApiResponse post(String path, JsonNode body) {
    return send("POST", path, "application/json", body.toString());
  }

  /** Replaces an object. */
  public ApiResponse put(String path, JsonNode body) {
    return send("PUT", path, "application/json", body.toString());
  }

  /** Changes an object by a JSON merge patch (RFC 7396). */
  public ApiResponse mergePatch(String path, JsonNode body) {
    return patch(path, "application/merge-patch+json", body);
  }

  /** Changes an object by a strategic merge patch, which knows the keys of lists. */
  public ApiResponse strategicPatch(String path, JsonNode body) {
    return patch(path, "application/strategic-merge-patch+json", body);
  }

  /** Changes an object by a patch of the media type given. */
  public ApiResponse patch(String path, String mediaType, JsonNode body) {
    return send("PATCH", path, mediaType, body.toString());
  }

  /** Deletes an object or, where the path is a collection's, all of it. */
  public ApiResponse delete(String path) {
    return send("DELETE", path, "", "");
  }

  /** Deletes with options, such as preconditions. */
  public ApiResponse delete(String path, JsonNode options) {
    return send("DELETE", path, "application/json", options.toString());
  }

  /** Sends a request as it is; an empty media type means that there is no body. */
  public ApiResponse send(String method, String path, String mediaType, String body) {
    var request = request(path);
    if (mediaType.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", mediaType);
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    return send(request);
  }

  private ApiResponse send(HttpRequest.Builder builder) {
    var request = builder.timeout(REQUEST_TIMEOUT).build();
    var what = request.method() + " " + request.uri();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      var isJson =
          response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
      return new ApiResponse(response.statusCode(), parsed(isJson, response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(what + " failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + what, e);
    }
  }

  /**
   * Opens a watch. The path carries its own query but {@code watch}. Each event, {@code type} and
   * {@code object}, is handed over on a thread of the watch as soon as it arrives.
   */
  public ApiWatch watch(String path, Consumer<JsonNode> onEvent) {
    var query = path + (path.contains("?") ? "&" : "?") + "watch=true";
    try {
      var response = http.send(request(query).build(), BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("watch of " + path + ": " + answer(response.body()));
      }
      return ApiWatch.reading(path, response.body(), onEvent);
    } catch (IOException e) {
      throw new UncheckedIOException("watch of " + path + " failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in the watch of " + path, e);
    }
  }

  private HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(server + path)).header("Accept", "application/json");
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return request;
  }

  private static String answer(InputStream body) throws IOException {
    return new String(body.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Health endpoints and proxies answer with plain text, which becomes a text node. */
  private static JsonNode parsed(boolean isJson, String body) {
    if (body.isBlank()) {
      return JSON.missingNode();
    }
    return isJson ? JSON.readTree(body) : JSON.getNodeFactory().stringNode(body);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
