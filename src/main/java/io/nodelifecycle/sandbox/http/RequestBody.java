package io.nodelifecycle.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client sent. */
final class RequestBody {
  private static final int BYTES_MAX = 3 * 1024 * 1024;

  private final String contentType;
  private final byte[] bytes;

  private RequestBody(String contentType, byte[] bytes) {
    this.contentType = contentType;
    this.bytes = bytes;
  }

  /** A body of this media type. */
  static RequestBody of(String contentType, String body) {
    return new RequestBody(contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the body of a request, up to the size that a real server takes.
   *
   * @throws ApiFailure 413 if it is larger
   */
  static RequestBody read(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    byte[] bytes = exchange.getRequestBody().readNBytes(BYTES_MAX + 1);
    if (bytes.length > BYTES_MAX) {
      // The rest is not read: the connection is given up after the answer.
      exchange.getResponseHeaders().set("Connection", "close");
      throw ApiFailure.of(
          413, "RequestEntityTooLarge", "Request entity too large: limit is " + BYTES_MAX);
    }
    return new RequestBody(media, bytes);
  }

  /** The media type, without parameters; empty if none was sent. */
  String contentType() {
    return contentType;
  }

  /** The body as it came; not to be written to. */
  byte[] bytes() {
    return bytes;
  }

  /** The body as text. */
  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether nothing was sent. */
  boolean isEmpty() {
    return bytes.length == 0;
  }

  /**
   * The body as an object of the type that a request is about.
   *
   * @throws ApiFailure 415 if it is no JSON by its type, 400 if it is none by its content
   */
  ObjectNode object(ApiCall call) {
    if (!contentType.isEmpty() && !contentType.equals("application/json")) {
      throw ApiFailure.of(
          415,
          "UnsupportedMediaType",
          "the body of the request was in an unknown format - accepted media types include:"
              + " application/json");
    }
    try {
      return anyObject();
    } catch (ApiFailure failure) {
      throw ApiFailure.badRequest(
          "the object provided is unrecognized (must be of type %s): %s"
              .formatted(call.type().kind(), failure.getMessage()));
    }
  }

  /**
   * The body as a JSON object of any type.
   *
   * @throws ApiFailure 400 if it is none
   */
  ObjectNode anyObject() {
    try {
      if (Json.parse(bytes) instanceof ObjectNode object) {
        return object;
      }
      throw ApiFailure.badRequest("couldn't get version/kind: not a JSON object");
    } catch (JacksonException e) {
      throw ApiFailure.badRequest(
          "couldn't get version/kind; json parse error: " + e.getOriginalMessage());
    }
  }

  /**
   * Reads {@code DeleteOptions}.
   *
   * @throws ApiFailure 400 if the grace period is no number
   */
  static DeleteOptions deleteOptions(JsonNode sent) {
    JsonNode grace = sent.path("gracePeriodSeconds");
    boolean absent = grace.isMissingNode() || grace.isNull();
    if (!absent && !grace.isIntegralNumber()) {
      throw ApiFailure.badRequest("gracePeriodSeconds must be a whole number: " + grace);
    }
    return new DeleteOptions(
        absent ? null : Long.valueOf(Math.max(0, grace.asLong())),
        Json.text(sent, "preconditions", "uid"),
        Json.text(sent, "preconditions", "resourceVersion"));
  }
}
