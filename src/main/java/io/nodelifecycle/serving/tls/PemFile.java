package io.nodelifecycle.serving.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** The contents of a PEM file. */
final class PemFile {
  static final int BYTES_MAX = 1 << 20;

  /** No file has more objects before its key. */
  private static final int OBJECTS_MAX = 100;

  private final String name;
  private final byte[] bytes;

  /**
   * With these contents.
   *
   * @param name how people know the file: its flag and path
   * @param bytes at most {@value #BYTES_MAX}, not to be changed any more
   */
  PemFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  String name() {
    return name;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Reads a file. */
  static PemFile read(String flag, Path path) throws UnusableFileException {
    var name = flag + "=" + path;
    try (var stream = Files.newInputStream(path)) {
      var bytes = stream.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new UnusableFileException(name + " has more than " + BYTES_MAX + " bytes");
      }
      return new PemFile(name, bytes);
    } catch (NoSuchFileException _) {
      throw new UnusableFileException(name + " does not exist");
    } catch (IOException e) {
      var why = Files.isDirectory(path) ? "it is a folder" : e.getClass().getSimpleName();
      throw new UnusableFileException(name + " cannot be read: " + why.replace("Exception", ""));
    }
  }

  /** The certificates in it, in their order; at least one. */
  List<X509Certificate> certificates() throws UnusableFileException {
    List<X509Certificate> found;
    try {
      found = Certificates.parse(bytes);
    } catch (CertificateException _) {
      throw new UnusableFileException(name + " holds no certificate that can be read (PEM)");
    }
    if (found.isEmpty()) {
      throw new UnusableFileException(name + " holds no certificate (PEM)");
    }
    return found;
  }

  /** The first private key in it: PKCS #8, PKCS #1 or SEC 1, not encrypted. */
  PrivateKey privateKey() throws UnusableFileException {
    var text = new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.US_ASCII);
    try (var parser = new PEMParser(text)) {
      for (int i = 0; i < OBJECTS_MAX; i++) {
        switch (parser.readObject()) {
          case null -> throw new UnusableFileException(name + " holds no private key (PEM)");
          case PEMKeyPair pair -> {
            return key(pair.getPrivateKeyInfo());
          }
          case PrivateKeyInfo key -> {
            return key(key);
          }
          case PKCS8EncryptedPrivateKeyInfo _ ->
              throw new UnusableFileException(
                  name + " is encrypted: give a key without a password");
          default -> {
            // Parameters of a curve, or a certificate, before the key.
          }
        }
      }
      throw new UnusableFileException(name + " holds no private key (PEM)");
    } catch (IOException | GeneralSecurityException | RuntimeException _) {
      // What the parser says may quote the key.
      throw new UnusableFileException(name + " holds a private key that cannot be read");
    }
  }

  /** Java knows the algorithms by their object identifiers. */
  private static PrivateKey key(PrivateKeyInfo encoded)
      throws IOException, GeneralSecurityException {
    return KeyFactory.getInstance(encoded.getPrivateKeyAlgorithm().getAlgorithm().getId())
        .generatePrivate(new PKCS8EncodedKeySpec(encoded.getEncoded()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PemFile file
        && name.equals(file.name)
        && Arrays.equals(bytes, file.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Never what is in it. */
  @Override
  public String toString() {
    return name;
  }
}
