package io.nodelifecycle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an API server wrote down about the requests of one user. */
public final class AuditLog {
  private final Path file;

  /** The log in this file, which need not be there yet. */
  public AuditLog(Path file) {
    this.file = file;
  }

  /** Flags of an API server that writes down when it has answered a request of this user. */
  static List<String> flags(Path folder, String user, Path log) {
    var policy = folder.resolve("audit-policy.yaml");
    var text =
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived, ResponseStarted]
        rules:
        - level: Metadata
          users: ["%s"]
        - level: None
        """
            .formatted(user);
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
}
