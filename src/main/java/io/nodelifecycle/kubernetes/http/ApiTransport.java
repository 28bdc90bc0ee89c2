package io.nodelifecycle.kubernetes.http;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.nodelifecycle.kubernetes.mapping.ApiStatus;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import tools.jackson.core.JacksonException;

/** Sends requests over HTTP. Thread-safe. */
public final class ApiTransport implements ApiExchange, AutoCloseable {
  private static final String GZIP = "gzip";
  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;
  private static final int ERROR_BODY_MAX = 64 * 1024;
  private static final int ERROR_TEXT_MAX = 1000;
  private static final Duration ERROR_BODY_PATIENCE = Duration.ofSeconds(5);
  private static final Duration RETRY_AFTER_MAX = Duration.ofMinutes(5);

  private final HttpClient http;
  private final String server;
  private final TimeSource time;
  private final RequestObserver observer;
  private final String host;

  /**
   * Sends through this client.
   *
   * @param http with retries switched off
   * @param server the API server's address, {@code https://host:port} with or without a path
   * @param time the clocks
   * @param observer told of every request
   */
  public ApiTransport(HttpClient http, String server, TimeSource time, RequestObserver observer) {
    this.http = http;
    this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    this.time = time;
    this.observer = observer;
    this.host = Objects.requireNonNullElse(URI.create(server).getRawAuthority(), "");
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public BodyStream send(ApiRequest request) throws ApiFailure, InterruptedException {
    return send(request, () -> true);
  }

  @Override
  public BodyStream send(ApiRequest request, BooleanSupplier mayLeave)
      throws ApiFailure, InterruptedException {
    var stream = new BodyStream(time);
    HttpResponse<AsyncBody> response;
    var began = time.now();
    var code = RequestObserver.UNANSWERED;
    try {
      response = exchange(request, mayLeave, stream);
      code = response.code();
    } catch (ApiFailure | InterruptedException | RuntimeException e) {
      stream.close();
      throw e;
    } finally {
      observer.answered(code, request.method(), host, Duration.between(began, time.now()));
    }
    stream.attach(response.body(), request.isCompressible() && isCompressed(response));
    if (response.isSuccessful()) {
      return stream;
    }
    try (stream) {
      throw failure(response, errorBody(stream));
    }
  }

  /**
   * An answer that says that something does not exist is the API server's only if it says so in a
   * Status: whatever stands before it has 404s of its own, and what is gone is given up for good.
   */
  private ApiFailure failure(HttpResponse<?> response, byte[] body) {
    var status = status(body);
    var text = errorText(response, status.message(), body);
    var isGone = response.code() == NOT_FOUND || response.code() == GONE;
    return isGone && status.code() == 0 && status.reason().isEmpty()
        ? ApiFailure.unanswered(text + " (not an answer of the API server)")
        : new ApiFailure(response.code(), text, retryAfter(response));
  }

  private HttpResponse<AsyncBody> exchange(
      ApiRequest request, BooleanSupplier mayLeave, BodyStream stream)
      throws ApiFailure, InterruptedException {
    var millis = request.timeout().toMillis();
    try {
      var builder =
          http.newHttpRequestBuilder()
              .uri(server + request.path())
              .header("Accept", ApiRequest.JSON)
              .timeout(millis, TimeUnit.MILLISECONDS);
      if (request.isCompressible()) {
        builder.header("Accept-Encoding", GZIP);
      }
      if (!request.body().isEmpty()) {
        var body = new GuardedBody(request.body(), mayLeave);
        builder.method(request.method(), request.contentType(), body, body.length());
      }
      var answer = http.consumeBytes(builder.build(), stream);
      try {
        return answer.get(millis, TimeUnit.MILLISECONDS);
      } catch (TimeoutException | InterruptedException e) {
        answer.cancel(true);
        throw e;
      }
    } catch (ExecutionException e) {
      var cause = e.getCause();
      throw ApiFailure.unanswered(FailureTexts.of(cause != null ? cause : e, server));
    } catch (TimeoutException | RuntimeException e) {
      throw ApiFailure.unanswered(FailureTexts.of(e, server));
    }
  }

  private static boolean isCompressed(HttpResponse<?> response) {
    var encodings = response.headers("Content-Encoding");
    return encodings != null && encodings.stream().anyMatch(GZIP::equalsIgnoreCase);
  }

  private static byte[] errorBody(BodyStream stream) {
    try {
      stream.limitWaiting(ERROR_BODY_PATIENCE);
      return stream.readNBytes(ERROR_BODY_MAX);
    } catch (IOException _) {
      return new byte[0];
    }
  }

  private static String errorText(HttpResponse<?> response, String message, byte[] body) {
    var text = message;
    if (text.isBlank()) {
      text = new String(body, StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
    }
    if (text.isBlank()) {
      text = "no explanation";
    }
    var shortened =
        text.length() > ERROR_TEXT_MAX ? text.substring(0, ERROR_TEXT_MAX) + "..." : text;
    return "HTTP " + response.code() + ": " + shortened;
  }

  private static ApiStatus status(byte[] body) {
    try {
      var json = JsonCursor.over(body);
      return json.nextDocument() ? ApiStatus.read(json) : ApiStatus.NONE;
    } catch (JacksonException _) {
      return ApiStatus.NONE;
    }
  }

  private Duration retryAfter(HttpResponse<?> response) {
    List<String> values = response.headers("Retry-After");
    if (values == null || values.isEmpty()) {
      return Duration.ZERO;
    }
    var wanted = retryAfter(values.getFirst().strip());
    if (wanted.isNegative()) {
      return Duration.ZERO;
    }
    return wanted.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wanted;
  }

  private Duration retryAfter(String value) {
    try {
      if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Duration.ofSeconds(Long.parseLong(value));
      }
      var until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(time.wallClock(), until);
    } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
      return Duration.ZERO;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
