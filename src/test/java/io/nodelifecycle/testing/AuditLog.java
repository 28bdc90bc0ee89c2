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
   * @param target what it was about
   * @param code of the answer
   */
  public record Request(
      String user,
      String verb,
      String path,
      Target target,
      int code,
      Instant received,
      Instant answered) {
    /** Whether it was whole, and to change something. */
    public boolean isWrite() {
      return !List.of("get", "list", "watch").contains(verb) && !BROKEN_OFF.contains(code);
    }
  }

  /**
   * What a request was about, as authorization sees it. All are empty where it was not about a
   * resource.
   *
   * @param resource in the plural, with the subresource after a slash
   * @param namespace empty where it was about all namespaces, or there are none
   * @param name empty where it was about all objects, or about a new one
   */
  public record Target(String group, String resource, String namespace, String name) {}

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
            .formatted(String.join(", ", users.stream().map(user -> '"' + user + '"').toList()));
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
        target(event.path("objectRef")),
        event.path("responseStatus").path("code").asInt(),
        Instant.parse(event.path("requestReceivedTimestamp").asString()),
        Instant.parse(event.path("stageTimestamp").asString()));
  }

  private static Target target(JsonNode reference) {
    var subresource = reference.path("subresource").asString("");
    return new Target(
        reference.path("apiGroup").asString(""),
        reference.path("resource").asString("") + (subresource.isEmpty() ? "" : "/" + subresource),
        reference.path("namespace").asString(""),
        reference.path("name").asString(""));
  }
}
