package io.nodelifecycle.testing;

import io.nodelifecycle.testing.CertificateAuthority.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Calls the secure port as scrapers, probes and people do; believes every server. */
public final class PortClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final int port;
  private final Optional<String> token;
  private final SSLContext tls;
  private final HttpClient http;

  private PortClient(int port, Optional<String> token, Optional<Issued> certificate) {
    this.port = port;
    this.token = token;
    this.tls = context(certificate);
    this.http =
        HttpClient.newBuilder()
            .sslContext(tls)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
  }

  /** What was answered. */
  public record Response(HttpResponse<byte[]> answer) {
    /** Its status. */
    public int code() {
      return answer.statusCode();
    }

    /** Its headers. */
    public HttpHeaders headers() {
      return answer.headers();
    }

    /** Its body, as it was sent. */
    public byte[] body() {
      return answer.body();
    }

    /** Its body as text. */
    public String text() {
      return new String(answer.body(), StandardCharsets.UTF_8);
    }
  }

  /** Shows nothing. */
  public static PortClient nobody(int port) {
    return new PortClient(port, Optional.empty(), Optional.empty());
  }

  /** Shows a bearer token. */
  public static PortClient withToken(int port, String token) {
    return new PortClient(port, Optional.of(token), Optional.empty());
  }

  /** Shows a client certificate. */
  public static PortClient withCertificate(int port, Issued certificate) {
    return new PortClient(port, Optional.empty(), Optional.of(certificate));
  }

  /** Gets a path. */
  public Response get(String path) {
    return send("GET", path, "", "");
  }

  /**
   * Sends a request.
   *
   * @param header one more header; none if empty
   * @throws UncheckedIOException if there is no answer
   */
  public Response send(String method, String path, String header, String value) {
    var request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(TIMEOUT);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    if (!header.isEmpty()) {
      request.header(header, value);
    }
    try {
      return new Response(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + " failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A connection by hand without TLS, from this address of the loopback interface. */
  public Socket plain(String from) throws IOException {
    var socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) TIMEOUT.toMillis());
    return socket;
  }

  /** A connection by hand. */
  public SSLSocket connect() throws IOException {
    return (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", port);
  }

  /** The same over a connection that is there. */
  public SSLSocket over(Socket plain) throws IOException {
    return (SSLSocket) tls.getSocketFactory().createSocket(plain, "127.0.0.1", port, true);
  }

  /** The certificate that is shown now. */
  public X509Certificate served() {
    try (var socket = connect()) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SSLContext context(Optional<Issued> certificate) {
    try {
      var keys = certificate.isPresent() ? certificate.get().keyManagers() : new KeyManager[0];
      var context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {new AnyServer()}, null);
      // So that every connection shows the certificate of the moment.
      context.getClientSessionContext().setSessionTimeout(1);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private static final class AnyServer extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
