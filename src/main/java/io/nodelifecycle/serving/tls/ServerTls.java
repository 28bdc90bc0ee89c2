package io.nodelifecycle.serving.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** How the secure port speaks TLS: versions 1.2 and 1.3, with forward secrecy. */
public final class ServerTls {
  private static final int SESSIONS_MAX = 256;
  private static final int SESSION_SECONDS = 600;

  private ServerTls() {}

  /** Proves this identity, and asks clients for a certificate that they need not have. */
  public static SSLContext context(ServerIdentity identity) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new ServerKeys(identity)}, new TrustManager[] {new AnyClient()}, null);
      var sessions = context.getServerSessionContext();
      sessions.setSessionCacheSize(SESSIONS_MAX);
      sessions.setSessionTimeout(SESSION_SECONDS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot speak TLS", e);
    }
  }

  /** For each connection. */
  public static SSLParameters parameters(SSLContext context) {
    var parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setCipherSuites(
        Arrays.stream(parameters.getCipherSuites())
            .filter(ServerTls::isModern)
            .toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    parameters.setWantClientAuth(true);
    return parameters;
  }

  /** Authenticated encryption with keys that are worth nothing later. */
  private static boolean isModern(String suite) {
    var isAuthenticated = suite.contains("_GCM_") || suite.contains("_CHACHA20_");
    var isTls13 = suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_");
    return isAuthenticated && (isTls13 || suite.startsWith("TLS_ECDHE_"));
  }

  /**
   * Lets every client certificate through the handshake, which proves that the client has its key.
   * Whether anybody answers for it is checked with each request, so that a bad one is told so, and
   * one that has expired or whose authority is gone counts no more on a connection still open.
   */
  private static final class AnyClient extends X509ExtendedTrustManager {
    private static final X509Certificate[] NO_HINT = {};

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      requireOne(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
      requireOne(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      requireOne(chain);
    }

    private static void requireOne(X509Certificate[] chain) {
      if (List.of(chain).isEmpty()) {
        throw new IllegalArgumentException("no certificate");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw noServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      throw noServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw noServer();
    }

    private static IllegalStateException noServer() {
      return new IllegalStateException("this is a server, which trusts no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return NO_HINT;
    }
  }
}
