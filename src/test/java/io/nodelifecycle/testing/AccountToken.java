package io.nodelifecycle.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A token of a ServiceAccount: a JWT that the API server has signed. */
final class AccountToken {
  private static final Duration LIFETIME = Duration.ofHours(2);

  private AccountToken() {}

  /**
   * The same token as if it had been issued at another time.
   *
   * @param end until when it is valid, which may have passed
   * @param keyPem what the API server signs with
   */
  static String reissued(String token, Instant end, String keyPem) {
    var parts = token.split("\\.");
    var claims = (ObjectNode) JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
    claims.put("exp", end.getEpochSecond());
    for (var begin : new String[] {"iat", "nbf"}) {
      claims.put(begin, end.minus(LIFETIME).getEpochSecond());
    }
    var signed = parts[0] + "." + encoded(claims.toString().getBytes(StandardCharsets.UTF_8));
    return signed + "." + encoded(signature(signed, keyPem));
  }

  private static byte[] signature(String text, String keyPem) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(CertificateAuthority.key(keyPem));
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign a token", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
