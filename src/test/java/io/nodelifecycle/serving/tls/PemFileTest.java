package io.nodelifecycle.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodelifecycle.testing.CertificateAuthority;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PemFileTest {
  /** A key of nobody, as OpenSSL encrypts it. */
  private static final String ENCRYPTED =
      """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjBh/CYd8COlQICCAAw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEAyu0yTIMvqixNa2KZP5TscEgZBY
      5wm/ORApcawyI5q8dVChf9P4/pG+h+BpULlKspsC0KP5NAyUtNtJ05OOAtUQs/PH
      MbwWl7vrv79EMK1ILrX+nMpat0+JQxkFWn/e6Me98SH7sFSvLNbky6zcIXZWVsMS
      um+XVNgxZwcWFswIAONa2O78jNu7lmo4i8IB+XxavCatFHiDBX1sIc5tQyvAiGM=
      -----END ENCRYPTED PRIVATE KEY-----
      """;

  @TempDir private Path folder;

  private static PemFile file(String text) {
    return new PemFile("--flag=file", text.getBytes(StandardCharsets.UTF_8));
  }

  private static KeyPair keys(String algorithm) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
    return generator.generateKeyPair();
  }

  /** PKCS #1 or SEC 1, as OpenSSL writes it. */
  private static String traditional(PrivateKey key) throws IOException {
    var whole = PrivateKeyInfo.getInstance(key.getEncoded());
    if (key instanceof java.security.interfaces.ECPrivateKey ec) {
      var curve = whole.getPrivateKeyAlgorithm().getParameters();
      return pem("EC PRIVATE KEY", new ECPrivateKey(256, ec.getS(), curve).getEncoded());
    }
    return pem("RSA PRIVATE KEY", whole.parsePrivateKey().toASN1Primitive().getEncoded());
  }

  private static String pkcs8(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void readsKeysOfAllKinds(String algorithm) throws Exception {
    var key = keys(algorithm).getPrivate();
    assertThat(file(pkcs8(key)).privateKey()).isEqualTo(key);
    assertThat(file("some words before\n" + pkcs8(key)).privateKey()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void readsTheFormsOfOpenSsl(String algorithm) throws Exception {
    var key = keys(algorithm).getPrivate();
    assertThat(secret(file(traditional(key)).privateKey())).isEqualTo(secret(key));
  }

  /** What two keys have in common that are encoded differently. */
  private static BigInteger secret(PrivateKey key) {
    return switch (key) {
      case java.security.interfaces.ECPrivateKey curve -> curve.getS();
      case RSAPrivateKey rsa -> rsa.getPrivateExponent();
      default -> throw new IllegalStateException(key.getAlgorithm());
    };
  }

  @Test
  void parametersOfACurveMayComeBeforeTheKey() throws Exception {
    var key = keys("EC").getPrivate();
    var curve = new ASN1ObjectIdentifier("1.2.840.10045.3.1.7").getEncoded();
    assertThat(secret(file(pem("EC PARAMETERS", curve) + traditional(key)).privateKey()))
        .isEqualTo(secret(key));
  }

  @Test
  void anEncryptedKeyIsRefused() {
    assertThatThrownBy(() -> file(ENCRYPTED).privateKey())
        .isInstanceOf(UnusableFileException.class)
        .hasMessage("--flag=file is encrypted: give a key without a password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "-----BEGIN PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\n!!!\n-----END RSA PRIVATE KEY-----\n"
      })
  void whatIsNoKeyIsRefusedAndNotQuoted(String text) {
    assertThatThrownBy(() -> file(text).privateKey())
        .isInstanceOf(UnusableFileException.class)
        .hasMessageStartingWith("--flag=file holds ")
        .hasMessageNotContaining("c2VjcmV0")
        .hasNoCause();
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws UnusableFileException {
    var authority = CertificateAuthority.create("an-authority");
    var one = authority.issueServer();
    var other = authority.issueServer();
    var certificate = file(one.certificatePem());
    var end = certificate.certificates().getFirst().getNotAfter().toInstant();
    var now = end.minusSeconds(60);
    assertThat(KeyMaterial.of(certificate, file(one.keyPem()), now).chain()).hasSize(1);
    assertThatThrownBy(() -> KeyMaterial.of(certificate, file(other.keyPem()), now))
        .hasMessageContaining("is not the key of the certificate");
    assertThat(KeyMaterial.of(certificate, file(one.keyPem()), end.minusMillis(1)).notAfter())
        .isEqualTo(end);
    assertThatThrownBy(() -> KeyMaterial.of(certificate, file(one.keyPem()), end))
        .hasMessageContaining("expired at " + end);
  }

  @Test
  void aFileHasBounds() throws Exception {
    var path = folder.resolve("file");
    Files.write(path, new byte[PemFile.BYTES_MAX]);
    assertThat(PemFile.read("--flag", path).bytes()).hasSize(PemFile.BYTES_MAX);
    Files.write(path, new byte[PemFile.BYTES_MAX + 1]);
    assertThatThrownBy(() -> PemFile.read("--flag", path))
        .hasMessage("--flag=" + path + " has more than 1048576 bytes");
    assertThatThrownBy(() -> PemFile.read("--flag", folder))
        .hasMessage("--flag=" + folder + " cannot be read: it is a folder");
    assertThatThrownBy(() -> PemFile.read("--flag", folder.resolve("none")))
        .hasMessageEndingWith("none does not exist");
  }
}
