package io.nodelifecycle.serving.tls;

import io.nodelifecycle.runtime.TimeSource;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;
import org.jspecify.annotations.Nullable;

/** A certificate that nobody signed, made in memory when it is needed first. Thread-safe. */
final class SelfSigned {
  static final Duration LIFETIME = Duration.ofDays(365);
  static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  /** Room for clients whose clocks are behind. */
  private static final Duration HEAD_START = Duration.ofHours(1);

  private static final X500Name NAME = new X500Name("CN=node-lifecycle-controller");
  private static final int SERIAL_BITS = 120;

  private final Set<String> names;
  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable KeyMaterial made;

  SelfSigned(Set<String> names, TimeSource time) {
    this.names = Set.copyOf(names);
    this.time = time;
  }

  /** The one to use now. */
  KeyMaterial current() {
    var now = time.wallClock();
    lock.lock();
    try {
      if (made == null || !now.isBefore(made.notAfter().minus(RENEWED_BEFORE))) {
        made = make(now);
      }
      return made;
    } finally {
      lock.unlock();
    }
  }

  private KeyMaterial make(Instant now) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var keys = generator.generateKeyPair();
      var certificate = new JcaX509CertificateConverter().getCertificate(holder(keys, now));
      return new KeyMaterial(keys.getPrivate(), List.of(certificate));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException("this Java cannot make a certificate", e);
    }
  }

  private X509CertificateHolder holder(KeyPair keys, Instant now)
      throws OperatorCreationException, CertIOException {
    return new JcaX509v3CertificateBuilder(
            NAME,
            new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
            Date.from(now.minus(HEAD_START)),
            Date.from(now.plus(LIFETIME)),
            NAME,
            keys.getPublic())
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives()))
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
  }

  private GeneralName[] alternatives() {
    return Stream.concat(Stream.of("localhost", "127.0.0.1", "::1"), names.stream())
        .distinct()
        .map(SelfSigned::alternative)
        .toArray(GeneralName[]::new);
  }

  /** A host's name may consist of digits and dots, and is no address for that. */
  private static GeneralName alternative(String name) {
    var kind = IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName;
    return new GeneralName(kind, name);
  }
}
