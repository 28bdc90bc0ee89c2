package io.nodelifecycle.kubernetes;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the certificates of a configuration before anything is sent with them. */
final class Certificates {
  private static final String PEM_MARK = "-----BEGIN";

  private Certificates() {}

  /**
   * Refuses certificates that cannot be read or are expired.
   *
   * @param wallClock the time that decides
   */
  static void check(Config config, Instant wallClock) throws ConnectionException {
    var authority = read("certificate-authority", config.getCaCertFile(), config.getCaCertData());
    if (!authority.isEmpty()
        && authority.stream().allMatch(certificate -> isExpired(certificate, wallClock))) {
      throw expired("certificate-authority", config.getCaCertFile(), authority.getFirst());
    }
    var client = read("client-certificate", config.getClientCertFile(), config.getClientCertData());
    if (!client.isEmpty() && isExpired(client.getFirst(), wallClock)) {
      throw expired("client-certificate", config.getClientCertFile(), client.getFirst());
    }
    if (!client.isEmpty()) {
      bytes("client-key", config.getClientKeyFile(), config.getClientKeyData());
    }
  }

  private static boolean isExpired(X509Certificate certificate, Instant wallClock) {
    return certificate.getNotAfter().toInstant().isBefore(wallClock);
  }

  private static ConnectionException expired(
      String what, @Nullable String file, X509Certificate certificate) {
    return new ConnectionException(
        "the "
            + what
            + place(file)
            + " expired at "
            + certificate.getNotAfter().toInstant()
            + ": renew it");
  }

  private static List<X509Certificate> read(
      String what, @Nullable String file, @Nullable String data) throws ConnectionException {
    var bytes = bytes(what, file, data);
    if (bytes.length == 0) {
      return List.of();
    }
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(bytes))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException e) {
      throw new ConnectionException(
          "the " + what + place(file) + " is not a certificate: " + Causes.innermost(e));
    }
  }

  private static byte[] bytes(String what, @Nullable String file, @Nullable String data)
      throws ConnectionException {
    if (data != null && !data.isBlank()) {
      try {
        return data.contains(PEM_MARK)
            ? data.getBytes(StandardCharsets.UTF_8)
            : Base64.getDecoder().decode(data.replaceAll("\\s", ""));
      } catch (IllegalArgumentException _) {
        throw new ConnectionException("the " + what + "-data in the kubeconfig is not Base64");
      }
    }
    if (file == null || file.isBlank()) {
      return new byte[0];
    }
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      throw new ConnectionException(
          "the "
              + what
              + " "
              + file
              + " cannot be read: "
              + e.getClass().getSimpleName().replace("Exception", ""));
    }
  }

  private static String place(@Nullable String file) {
    return file == null || file.isBlank() ? " in the kubeconfig" : " " + file;
  }
}
