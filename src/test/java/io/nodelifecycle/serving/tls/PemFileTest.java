package io.nodelifecycle.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodelifecycle.testing.CertificateAuthority;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PemFileTest {
  private static final String ENCRYPTION = "PBEWithHmacSHA256AndAES_256";

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

  private static String pem(Object object) throws IOException {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
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
  void readsKeysInAllTheirForms(String algorithm) throws Exception {
    var key = keys(algorithm).getPrivate();
    assertThat(file(pkcs8(key)).privateKey()).isEqualTo(key);
    assertThat(file("some words before\n" + pem(key)).privateKey()).isEqualTo(key);
  }

  @Test
  void theFormsAreThoseOfTheirNames() throws Exception {
    assertThat(pem(keys("RSA").getPrivate())).contains("BEGIN RSA PRIVATE KEY");
    assertThat(pem(keys("EC").getPrivate())).contains("BEGIN EC PRIVATE KEY");
  }

  @Test
  void parametersOfACurveMayComeBeforeTheKey() throws Exception {
    var key = keys("EC").getPrivate();
    var curve = new ASN1ObjectIdentifier("1.2.840.10045.3.1.7").getEncoded();
    assertThat(file(pem("EC PARAMETERS", curve) + pem(key)).privateKey()).isEqualTo(key);
  }

  @Test
  void anEncryptedKeyIsRefused() throws GeneralSecurityException, IOException {
    var encrypted = encrypted(keys("EC").getPrivate());
    assertThatThrownBy(() -> file(encrypted).privateKey())
        .isInstanceOf(UnusableFileException.class)
        .hasMessage("--flag=file is encrypted: give a key without a password");
  }

  private static String encrypted(PrivateKey key) throws GeneralSecurityException, IOException {
    var password = new PBEKeySpec("secret".toCharArray());
    var cipher = Cipher.getInstance(ENCRYPTION);
    cipher.init(
        Cipher.ENCRYPT_MODE, SecretKeyFactory.getInstance(ENCRYPTION).generateSecret(password));
    var encrypted =
        new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key.getEncoded()));
    return pem("ENCRYPTED PRIVATE KEY", encrypted.getEncoded());
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
