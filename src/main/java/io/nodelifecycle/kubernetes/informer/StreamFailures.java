package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiTransport;
import io.nodelifecycle.kubernetes.http.BodyStream.TooLargeException;
import java.io.IOException;
import java.io.InterruptedIOException;
import tools.jackson.core.JacksonException;

/** Tells apart why a stream of JSON could not be read further. */
final class StreamFailures {
  private StreamFailures() {}

  /**
   * The failure in words.
   *
   * @throws InterruptedException if the reader was interrupted
   */
  static ApiFailure of(JacksonException error, ApiTransport transport) throws InterruptedException {
    var cause = error.getCause();
    if (cause instanceof InterruptedIOException) {
      Thread.interrupted();
      throw new InterruptedException();
    }
    return cause instanceof IOException
        ? transport.broken(cause)
        : ApiFailure.unanswered(
            "the answer of " + transport.server() + " is not valid: " + firstLine(error));
  }

  static boolean isTooLarge(JacksonException error) {
    return error.getCause() instanceof TooLargeException;
  }

  static boolean isBrokenConnection(JacksonException error) {
    return error.getCause() instanceof IOException;
  }

  private static String firstLine(JacksonException error) {
    var message = error.getOriginalMessage();
    return message == null
        ? error.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message);
  }
}
