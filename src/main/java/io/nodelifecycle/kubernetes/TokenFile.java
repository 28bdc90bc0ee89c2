package io.nodelifecycle.kubernetes;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.nodelifecycle.runtime.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file with a bearer token that is replaced now and then, as kubelets do in pods. Thread-safe.
 */
final class TokenFile implements OAuthTokenProvider {
  private static final Duration KEPT_FOR = Duration.ofMinutes(1);

  private final Path file;
  private final TimeSource time;
  private String token = "";
  private @Nullable Instant readAt;

  TokenFile(Path file, TimeSource time) {
    this.file = file;
    this.time = time;
  }

  /** Fails now rather than at the first request. */
  TokenFile checked() throws ConnectionException {
    if (getToken().isEmpty()) {
      throw new ConnectionException("the token file " + file + " cannot be read or is empty");
    }
    return this;
  }

  /** Reads it anew next time: the API server does not accept what is known. */
  synchronized void forget() {
    readAt = null;
  }

  /** The token; the last one known if the file cannot be read now. */
  @Override
  public synchronized String getToken() {
    var now = time.now();
    if (readAt == null || !now.isBefore(readAt.plus(KEPT_FOR))) {
      try {
        var read = Files.readString(file).strip();
        if (!read.isEmpty()) {
          token = read;
          readAt = now;
        }
      } catch (IOException _) {
        // The old token may still be good; if it is not, the API server says so.
      }
    }
    return token;
  }
}
