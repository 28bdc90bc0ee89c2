package io.nodelifecycle.serving.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What the secure port proves its identity with.
 *
 * @param key belongs to the first certificate
 * @param chain at least one certificate, each signed by the next
 */
public record KeyMaterial(PrivateKey key, List<X509Certificate> chain) {
  private static final byte[] PROBE = "does this key belong?".getBytes(StandardCharsets.US_ASCII);

  /** Takes a copy of the chain. */
  public KeyMaterial {
    chain = List.copyOf(chain);
  }

  /** From files, as far as they are good at this time of day. */
  static KeyMaterial of(PemFile certificate, PemFile key, Instant wallClock)
      throws UnusableFileException {
    var chain = certificate.certificates();
    var end = chain.getFirst().getNotAfter().toInstant();
    if (!wallClock.isBefore(end)) {
      throw new UnusableFileException(certificate.name() + " expired at " + end + ": renew it");
    }
    var material = new KeyMaterial(key.privateKey(), chain);
    if (!material.isMatching()) {
      throw new UnusableFileException(
          key.name() + " is not the key of the certificate in " + certificate.name());
    }
    return material;
  }

  /** When the first certificate ends. */
  public Instant notAfter() {
    return chain.getFirst().getNotAfter().toInstant();
  }

  /** Whether what the key signs is what the certificate confirms. */
  private boolean isMatching() {
    try {
      var algorithm =
          switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
          };
      var signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      var signed = signature.sign();
      signature.initVerify(chain.getFirst().getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "key of " + chain.getFirst().getSubjectX500Principal();
  }
}
