package io.nodelifecycle.kubernetes;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Checks addresses before fabric8 sees them: it would complete one without a scheme by trying TLS
 * and falling back to plain HTTP.
 */
final class ServerUrl {
  private ServerUrl() {}

  /**
   * Refuses what is not the URL of a server.
   *
   * @param origin where it was found, for people
   */
  static String require(String address, String origin) throws ConnectionException {
    try {
      var uri = new URI(address);
      var scheme = String.valueOf(uri.getScheme());
      if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return address;
      }
    } catch (URISyntaxException _) {
      // Refused below.
    }
    throw new ConnectionException(
        "the API server's address "
            + address
            + " "
            + origin
            + " is not an http:// or https:// URL");
  }
}
