package io.nodelifecycle.serving;

import java.util.Map;

/**
 * What clients of the secure port may take of this process. The JDK's server reads most of that
 * once, from properties of the whole process.
 */
public final class PortBounds {
  /** Bytes of the path of a request; longer ones are answered with 414. */
  static final int PATH_MAX = 1024;

  /** From the first byte of a handshake or request to the last one of the answer. */
  static final int REQUEST_SECONDS_MAX = 15;

  /** Handshakes and requests under way; each holds 64 KiB. More are cut. */
  static final int REQUESTS_MAX = 256;

  /** Of these, from one address: nobody who has but a few can keep out all others. */
  static final int REQUESTS_OF_ADDRESS_MAX = 32;

  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          // Connections, whatever they do; more are closed at once. Most of them can only be such
          // as have sent nothing yet, which hold 1 KiB.
          Map.entry("jdk.httpserver.maxConnections", "2000"),
          // Seconds for the first byte; looked at so often (ms).
          Map.entry("sun.net.httpserver.idleInterval", "5"),
          Map.entry("sun.net.httpserver.clockTick", "1000"),
          // Every connection ends with its answer.
          Map.entry("sun.net.httpserver.maxIdleConnections", "0"),
          // Bytes and number of headers, the request line among them.
          Map.entry("sun.net.httpserver.maxReqHeaderSize", "16384"),
          Map.entry("sun.net.httpserver.maxReqHeaders", "64"),
          // Bytes of a body that nobody asked for.
          Map.entry("sun.net.httpserver.drainAmount", "1024"),
          Map.entry("sun.net.httpserver.nodelay", "true"));

  private PortBounds() {}

  /**
   * Sets the bounds for this process, as far as nobody has set them: to be called before the first
   * server is made.
   */
  public static void apply() {
    PROPERTIES.forEach((name, value) -> {
      if (System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
  }
}
