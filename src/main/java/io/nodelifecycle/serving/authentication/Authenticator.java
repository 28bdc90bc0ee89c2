package io.nodelifecycle.serving.authentication;

import io.nodelifecycle.serving.review.Caller;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Finds out who sent a request: a client certificate counts before a token; what is good counts
 * although the other is bad; who brings neither is anonymous.
 */
public final class Authenticator {
  private final CertificateAuthenticator certificates;
  private final TokenAuthenticator tokens;

  /** Asks these two. */
  public Authenticator(CertificateAuthenticator certificates, TokenAuthenticator tokens) {
    this.certificates = certificates;
    this.tokens = tokens;
  }

  /**
   * Who it is; never {@link Identity.Absent}.
   *
   * @param chain the client's certificate and what it sent with it; empty if it sent none
   * @param authorization the header of that name; empty if there is none
   */
  public Identity authenticate(List<X509Certificate> chain, String authorization)
      throws InterruptedException {
    var byCertificate = certificates.authenticate(chain);
    if (byCertificate instanceof Identity.Known) {
      return byCertificate;
    }
    var byToken = tokens.authenticate(authorization);
    if (!(byToken instanceof Identity.Absent)) {
      return byToken;
    }
    return byCertificate instanceof Identity.Absent
        ? new Identity.Known(Caller.ANONYMOUS)
        : byCertificate;
  }
}
