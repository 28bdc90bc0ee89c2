package io.nodelifecycle.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** An open watch: one JSON event a line, until either side closes it. */
public final class ApiWatch implements AutoCloseable {
  private final InputStream stream;
  private final Thread reader;

  private ApiWatch(InputStream stream, Thread reader) {
    this.stream = stream;
    this.reader = reader;
  }

  static ApiWatch reading(String name, InputStream stream, Consumer<JsonNode> onEvent) {
    var reader = Thread.ofVirtual().name("watch " + name).start(() -> readAll(stream, onEvent));
    return new ApiWatch(stream, reader);
  }

  /** Does the server still send? */
  public boolean isOpen() {
    return reader.isAlive();
  }

  private static void readAll(InputStream stream, Consumer<JsonNode> onEvent) {
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        onEvent.accept(ApiClient.json(line));
      }
    } catch (IOException _) {
      // The connection broke or the watch was closed: either way there is nothing more to read.
      return;
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a watch", e);
    }
  }
}
