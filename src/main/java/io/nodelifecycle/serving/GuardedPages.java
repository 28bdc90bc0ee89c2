package io.nodelifecycle.serving;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import io.nodelifecycle.serving.authentication.Authenticator;
import io.nodelifecycle.serving.authentication.Identity;
import io.nodelifecycle.serving.authorization.Authorizer;
import io.nodelifecycle.serving.authorization.Decision;
import io.nodelifecycle.serving.review.Caller;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests: first asks who it is, then whether that is allowed, then the page. */
final class GuardedPages implements HttpHandler {
  private static final Logger LOGGER = LoggerFactory.getLogger(GuardedPages.class);
  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final String HEAD = "HEAD";
  private static final String GZIP = "gzip";

  /** What is smaller is not worth it. */
  private static final int PACKED_FROM = 1400;

  private static final Answer CROWDED = Answer.text(429, "too many requests, try again\n");

  private final Authenticator authenticator;
  private final Authorizer authorizer;
  private final Pages pages;

  GuardedPages(Authenticator authenticator, Authorizer authorizer, Pages pages) {
    this.authenticator = authenticator;
    this.authorizer = authorizer;
    this.pages = pages;
  }

  /**
   * Answers the request, and ends its connection.
   *
   * @throws IOException in nearly every case: only where a handler fails does the server close a
   *     connection on the request's own thread, and forget it for certain; what {@link
   *     HttpExchange#close} cannot send it counts as open for ever
   */
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      answer = answer(exchange);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the request takes too long");
    } catch (RuntimeException broken) {
      LOGGER
          .atError()
          .addKeyValue("cause", broken.toString())
          .setCause(broken)
          .log("a request to the secure port could not be answered");
      answer = Answer.text(500, "internal server error\n");
    }
    LOGGER
        .atDebug()
        .addKeyValue("method", exchange.getRequestMethod())
        .addKeyValue("path", exchange.getRequestURI().getRawPath())
        .addKeyValue("code", answer.code())
        .log("answered on the secure port");
    send(exchange, answer);
  }

  private Answer answer(HttpExchange exchange) throws InterruptedException {
    var method = exchange.getRequestMethod();
    var path = Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "");
    if (path.length() > PortBounds.PATH_MAX) {
      return Answer.text(414, "the path is too long\n");
    }
    if (!METHODS.contains(method)) {
      return Answer.text(405, "only GET and HEAD are answered\n");
    }
    if (hasBody(exchange.getRequestHeaders())) {
      return Answer.text(413, "a request has no body here\n");
    }
    return switch (authenticator.authenticate(certificates(exchange), authorization(exchange))) {
      case Identity.Known(var caller) -> permitted(caller, method, path, exchange);
      case Identity.Refused _, Identity.Absent _ -> Answer.text(401, "Unauthorized\n");
      case Identity.Crowded _ -> CROWDED;
    };
  }

  private Answer permitted(Caller caller, String method, String path, HttpExchange exchange)
      throws InterruptedException {
    var verb = method.toLowerCase(Locale.ROOT);
    return switch (authorizer.decide(caller, verb, path)) {
      case Decision.Allowed _ -> page(caller, verb, path, exchange);
      case Decision.Denied(var reason) ->
          Answer.text(403, forbidden(caller, verb, path) + (reason.isEmpty() ? "" : ": " + reason));
      case Decision.Unknown(var reason) ->
          Answer.text(500, "internal server error: \"" + path + "\": " + reason + "\n");
      case Decision.Crowded _ -> CROWDED;
    };
  }

  private static String forbidden(Caller caller, String verb, String path) {
    return "forbidden: User \"" + caller.name() + "\" cannot " + verb + " path \"" + path + "\"";
  }

  private Answer page(Caller caller, String verb, String path, HttpExchange exchange)
      throws InterruptedException {
    var page = pages.at(path);
    if (page.isEmpty()) {
      return Answer.text(404, "404 page not found\n");
    }
    var query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
    var request = new PageRequest(path, query, header(exchange, "Accept"), false);
    return page.get()
        .answer(
            request.isVerbose() && authorizer.isPermittedBelow(caller, verb, path)
                ? request.withReasons()
                : request);
  }

  private static boolean hasBody(Headers headers) {
    var length = headers.getFirst("Content-Length");
    return headers.containsKey("Transfer-Encoding") || (length != null && !length.equals("0"));
  }

  private static String authorization(HttpExchange exchange) {
    return header(exchange, "Authorization");
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }

  private static List<X509Certificate> certificates(HttpExchange exchange) {
    if (!(exchange instanceof HttpsExchange secure)) {
      return List.of();
    }
    try {
      return Arrays.stream(secure.getSSLSession().getPeerCertificates())
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException _) {
      return List.of();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.contentType());
    headers.set("Cache-Control", "no-cache, private");
    headers.set("X-Content-Type-Options", "nosniff");
    switch (answer.code()) {
      case 401 -> headers.set("WWW-Authenticate", "Bearer");
      case 405 -> headers.set("Allow", "GET, HEAD");
      case 429 -> headers.set("Retry-After", "1");
      default -> {
        // Nothing more to say.
      }
    }
    headers.set("Connection", "close");
    headers.remove("Keep-Alive");
    var body = answer.body();
    if (body.length >= PACKED_FROM && acceptsGzip(exchange)) {
      headers.set("Content-Encoding", GZIP);
      body = packed(body);
    }
    if (exchange.getRequestMethod().equals(HEAD)) {
      headers.set("Content-Length", Integer.toString(body.length));
      // Sends it and ends the exchange, and says nothing if the rest of the request fails.
      exchange.getRequestBody().close();
      exchange.sendResponseHeaders(answer.code(), -1);
    } else {
      exchange.sendResponseHeaders(answer.code(), body.length);
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
      // What is left unread would tear the connection down before the answer is read.
      exchange.getRequestBody().close();
      throw new EOFException("answered: the connection ends");
    }
  }

  private static boolean acceptsGzip(HttpExchange exchange) {
    return Arrays.stream(header(exchange, "Accept-Encoding").split(",", -1))
        .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
        .anyMatch(
            coding -> coding.equals(GZIP) || coding.matches(GZIP + "\\s*;(?!\\s*q=0(\\.0*)?$).*"));
  }

  private static byte[] packed(byte[] body) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
  }
}
