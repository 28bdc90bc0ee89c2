package io.nodelifecycle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What an API server wrote down about the requests of some users. */
public final class AuditLog {
  /** The answers to a request whose body does not come. */
  private static final Set<Integer> BROKEN_OFF = Set.of(400, 500);

  private final Path file;

  /** The log in this file, which need not be there yet. */
  public AuditLog(Path file) {
    this.file = file;
  }

  /**
   * One request that was answered.
   *
   * @param path with the query
   * @param code of the answer
   */
  public record Request(
      String user, String verb, String path, int code, Instant received, Instant answered) {
    /** Whether it was whole, and to change something. */
    public boolean isWrite() {
      return !List.of("get", "list", "watch").contains(verb) && !BROKEN_OFF.contains(code);
    }
  }

  /** Flags of an API server that writes down when it has answered a request of these users. */
  static List<String> flags(Path folder, List<String> users, Path log) {
    var policy = folder.resolve("audit-policy.yaml");
    var text =
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived, ResponseStarted]
        rules:
        - level: Metadata
          users: [%s]
        - level: None
        """
            .formatted(String.join(", ", users));
    try {
      Files.writeString(policy, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + policy, e);
    }
    return List.of("--audit-policy-file=" + policy, "--audit-log-path=" + log);
  }

  /** How many requests were answered so far, watches not counted. */
  public long requests() {
    if (!Files.exists(file)) {
      return 0;
    }
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> !line.contains("\"verb\":\"watch\"")).count();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The requests that were answered so far, in the order of the answers. */
  public List<Request> all() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var lines = Files.lines(file)) {
      return lines.map(ApiClient::json).map(AuditLog::request).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Request request(JsonNode event) {
    return new Request(
        event.path("user").path("username").asString(),
        event.path("verb").asString(),
        event.path("requestURI").asString(),
        event.path("responseStatus").path("code").asInt(),
        Instant.parse(event.path("requestReceivedTimestamp").asString()),
        Instant.parse(event.path("stageTimestamp").asString()));
  }
}
