package io.nodelifecycle.serving.authentication;

import io.nodelifecycle.serving.tls.Certificates;
import io.nodelifecycle.testing.CertificateAuthority.Issued;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** What was issued, parsed. */
final class TestCertificates {
  private TestCertificates() {}

  static List<X509Certificate> chain(Issued issued) {
    try {
      return Certificates.parse(issued.certificatePem().getBytes(StandardCharsets.US_ASCII));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
