package io.nodelifecycle.serving.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads certificates. */
public final class Certificates {
  private Certificates() {}

  /**
   * All certificates in a PEM text, in their order.
   *
   * @throws CertificateException if one cannot be read
   */
  public static List<X509Certificate> parse(byte[] pem) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }
}
