package io.nodelifecycle.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of a test's own: it signs the serving certificate of a control plane and
 * the client certificates of its users, also ones that have expired.
 */
public final class CertificateAuthority {
  private static final char[] NO_PASSWORD = {};

  private static final Duration LIFETIME = Duration.ofDays(2);

  /** How long before its issue a certificate begins to be valid: room for differing clocks. */
  private static final Duration HEAD_START = Duration.ofHours(2);

  private static final String SHA256_WITH_RSA = "1.2.840.113549.1.1.11";

  /** A purpose that certificates may be limited to. */
  public static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

  /** Another one. */
  public static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

  private final KeyPair keys;
  private final byte[] name;
  private final String pem;

  /** A certificate and its private key (PKCS #8), both as PEM. */
  public record Issued(String certificatePem, String keyPem) {
    /** Shows this certificate to whoever asks for one. */
    public KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry(
          "only", key(keyPem), NO_PASSWORD, new Certificate[] {parsed(certificatePem)});
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    }

    /** What a server with this certificate listens with. */
    public SSLContext serverContext() throws GeneralSecurityException, IOException {
      var context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), null, null);
      return context;
    }
  }

  /** The RSA key in this text. */
  static PrivateKey key(String pem) throws GeneralSecurityException {
    var der = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(der)));
  }

  private CertificateAuthority(KeyPair keys, byte[] name, String pem) {
    this.keys = keys;
    this.name = name;
    this.pem = pem;
  }

  /** A new authority with a key of its own. */
  public static CertificateAuthority create(String commonName) {
    var keys = newKeys();
    var name = name(commonName, List.of());
    var extensions =
        Der.sequence(
            extension("2.5.29.19", true, Der.sequence(Der.yes())),
            extension("2.5.29.15", true, Der.bits(1, new byte[] {0x06})));
    var holder = holder(name, keys.getPublic(), Instant.now().plus(LIFETIME));
    var certificate = sign(holder, extensions, name, keys.getPrivate());
    return new CertificateAuthority(keys, name, pem("CERTIFICATE", certificate));
  }

  /**
   * An authority below this one, with a key of its own.
   *
   * @param purposes object identifiers of what it is limited to; none if empty
   */
  public CertificateAuthority subordinate(String commonName, List<String> purposes) {
    var itsKeys = newKeys();
    var itsName = name(commonName, List.of());
    var limits = Der.sequence(purposes.stream().map(Der::oid).toArray(byte[][]::new));
    var basic =
        Der.concatenated(
            extension("2.5.29.19", true, Der.sequence(Der.yes())),
            extension("2.5.29.15", true, Der.bits(1, new byte[] {0x06})));
    var extensions =
        purposes.isEmpty()
            ? Der.sequence(basic)
            : Der.sequence(basic, extension("2.5.29.37", false, limits));
    var holder = holder(itsName, itsKeys.getPublic(), Instant.now().plus(LIFETIME));
    var certificate = sign(holder, extensions, name, keys.getPrivate());
    return new CertificateAuthority(itsKeys, itsName, pem("CERTIFICATE", certificate));
  }

  /** The authority's own certificate. */
  public String certificatePem() {
    return pem;
  }

  /** The authority's own certificate, parsed. */
  public X509Certificate certificate() {
    try {
      return parsed(pem);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the authority's certificate cannot be read back", e);
    }
  }

  private static X509Certificate parsed(String pem) throws GeneralSecurityException {
    var bytes = pem.getBytes(StandardCharsets.US_ASCII);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }

  /** A serving certificate for 127.0.0.1 and {@code localhost}. */
  public Issued issueServer() {
    var localhost = Der.tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII));
    var loopback = Der.tagged(0x87, new byte[] {127, 0, 0, 1});
    var extensions =
        Der.sequence(
            extension("2.5.29.37", false, Der.sequence(Der.oid(SERVER_AUTHENTICATION))),
            extension("2.5.29.17", false, Der.sequence(localhost, loopback)));
    return issue(name("localhost", List.of()), Instant.now().plus(LIFETIME), extensions);
  }

  /** A client certificate: the common name is the user, the organizations are its groups. */
  public Issued issueClient(String user, List<String> groups) {
    return issueClient(user, groups, Instant.now().plus(LIFETIME));
  }

  /** A client certificate that is valid until the instant given, which may have passed. */
  public Issued issueClient(String user, List<String> groups, Instant notAfter) {
    var extensions =
        Der.sequence(extension("2.5.29.37", false, Der.sequence(Der.oid(CLIENT_AUTHENTICATION))));
    return issue(name(user, groups), notAfter, extensions);
  }

  /** A new RSA key in the form that kube-apiserver signs service account tokens with. */
  static String newKeyPem() {
    return pem("PRIVATE KEY", newKeys().getPrivate().getEncoded());
  }

  private Issued issue(byte[] subject, Instant notAfter, byte[] extensions) {
    var own = newKeys();
    var holder = holder(subject, own.getPublic(), notAfter);
    var certificate = sign(holder, extensions, name, keys.getPrivate());
    return new Issued(
        pem("CERTIFICATE", certificate), pem("PRIVATE KEY", own.getPrivate().getEncoded()));
  }

  /** The part of a certificate between its issuer and its extensions. */
  private static byte[] holder(byte[] name, PublicKey key, Instant notAfter) {
    var now = Instant.now();
    var earliest = notAfter.isBefore(now) ? notAfter : now;
    var validity = Der.sequence(Der.time(earliest.minus(HEAD_START)), Der.time(notAfter));
    return Der.concatenated(validity, name, key.getEncoded());
  }

  private static byte[] sign(byte[] holder, byte[] extensions, byte[] issuer, PrivateKey key) {
    var algorithm = Der.sequence(Der.oid(SHA256_WITH_RSA), Der.nothing());
    var body =
        Der.sequence(
            Der.tagged(0xa0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(64, new SecureRandom()).add(BigInteger.ONE)),
            algorithm,
            issuer,
            holder,
            Der.tagged(0xa3, extensions));
    return Der.sequence(body, algorithm, Der.bits(0, signature(body, key)));
  }

  private static byte[] signature(byte[] content, PrivateKey key) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot sign with SHA256withRSA", e);
    }
  }

  private static byte[] name(String commonName, List<String> organizations) {
    var parts = new ArrayList<byte[]>();
    for (var organization : organizations) {
      parts.add(Der.set(Der.sequence(Der.oid("2.5.4.10"), Der.utf8(organization))));
    }
    parts.add(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(commonName))));
    return Der.sequence(parts.toArray(byte[][]::new));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.yes(), Der.octets(value))
        : Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make RSA keys", e);
    }
  }

  private static String pem(String label, byte[] content) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
