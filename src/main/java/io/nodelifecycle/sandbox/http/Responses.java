package io.nodelifecycle.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Writing of answers. */
final class Responses {
  static final String JSON = "application/json";
  private static final int BUFFER_BYTES = 64 * 1024;

  private Responses() {}

  /** Sends a JSON tree. */
  static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    send(exchange, status, List.of(Json.bytes(body)));
  }

  /** Sends JSON that is already written, in pieces. */
  static void send(HttpExchange exchange, int status, List<byte[]> pieces) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", JSON);
    long length = pieces.stream().mapToLong(piece -> piece.length).sum();
    exchange.sendResponseHeaders(status, length);
    try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), BUFFER_BYTES)) {
      for (byte[] piece : pieces) {
        out.write(piece);
      }
    }
  }

  /** Sends text. */
  static void text(HttpExchange exchange, int status, String text) throws IOException {
    bytes(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends anything. */
  static void bytes(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** Tells a client why its request was refused. */
  static void failure(HttpExchange exchange, ApiFailure failure) throws IOException {
    send(exchange, failure.code(), failure.status());
  }
}
