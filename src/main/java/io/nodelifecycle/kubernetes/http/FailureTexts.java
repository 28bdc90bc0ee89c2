package io.nodelifecycle.kubernetes.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Says in words why a request was not answered. */
final class FailureTexts {
  private static final int CAUSES_MAX = 10;

  private FailureTexts() {}

  /**
   * One sentence.
   *
   * @param error what the HTTP client threw
   * @param server the API server's address
   */
  static String of(Throwable error, String server) {
    if (has(error, UnresolvedAddressException.class) || has(error, UnknownHostException.class)) {
      return "the host name of " + server + " cannot be resolved";
    }
    if (has(error, HttpConnectTimeoutException.class)) {
      return "no connection to " + server + " in time";
    }
    if (has(error, TimeoutException.class) || has(error, HttpTimeoutException.class)) {
      return "no answer from " + server + " in time";
    }
    if (has(error, NoRouteToHostException.class)) {
      return "there is no route to " + server;
    }
    if (has(error, ConnectException.class)) {
      return "nothing listens at " + server + " (connection refused)";
    }
    return first(error, SSLException.class)
        .map(tls -> tls(tls, server))
        .orElseGet(() -> "the connection to " + server + " broke: " + innermost(error));
  }

  private static String tls(SSLException error, String server) {
    var text = (innermost(error) + " " + error.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("unable to find valid certification path")
        || text.contains("path validation")
        || text.contains("pkix")) {
      return "the certificate of "
          + server
          + " is not signed by the certificate authority in use, or is expired:"
          + " check certificate-authority in the kubeconfig";
    }
    if (text.contains("no subject alternative") || text.contains("no name matching")) {
      return "the certificate of " + server + " is for other host names: " + innermost(error);
    }
    if (text.contains("unrecognized ssl message") || text.contains("plaintext")) {
      return server + " does not speak TLS: should its address start with http://?";
    }
    if (text.contains("alert") || text.contains("certificate_required")) {
      return server + " refused the client certificate: " + error.getMessage();
    }
    return "TLS with " + server + " failed: " + innermost(error);
  }

  private static boolean has(Throwable error, Class<? extends Throwable> type) {
    return first(error, type).isPresent();
  }

  private static <T extends Throwable> Optional<T> first(Throwable error, Class<T> type) {
    Throwable cause = error;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String innermost(Throwable error) {
    var text = error.getClass().getSimpleName();
    Throwable cause = error;
    for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
      var message = cause.getMessage();
      if (message != null && !message.isBlank() && cause instanceof IOException) {
        text = message;
      }
      cause = cause.getCause();
    }
    return text.lines().findFirst().orElse(text);
  }
}
