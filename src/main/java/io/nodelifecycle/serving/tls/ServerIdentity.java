package io.nodelifecycle.serving.tls;

import io.nodelifecycle.runtime.TimeSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Where the secure port's certificate comes from. Thread-safe. */
public final class ServerIdentity {
  private final Supplier<KeyMaterial> material;
  private final Supplier<Optional<String>> problem;
  private final String source;

  private ServerIdentity(
      Supplier<KeyMaterial> material, Supplier<Optional<String>> problem, String source) {
    this.material = material;
    this.problem = problem;
    this.source = source;
  }

  /**
   * From files, read again when they change.
   *
   * @throws UnusableFileException if they cannot be used now
   */
  public static ServerIdentity files(Path certificate, Path key, TimeSource time)
      throws UnusableFileException {
    var files = new LinkedHashMap<String, Path>();
    files.put("--tls-cert-file", certificate);
    files.put("--tls-private-key-file", key);
    var reloaded =
        Reloaded.of(
            files,
            contents -> KeyMaterial.of(contents.getFirst(), contents.getLast(), time.wallClock()),
            time);
    return new ServerIdentity(reloaded::current, reloaded::problem, certificate.toString());
  }

  /**
   * One of its own, made when it is needed first, and anew before it ends.
   *
   * @param names that it is for, besides localhost: host names and IP addresses
   */
  public static ServerIdentity selfSigned(Set<String> names, TimeSource time) {
    var own = new SelfSigned(names, time);
    return new ServerIdentity(own::current, Optional::empty, "self-signed, in memory");
  }

  /**
   * Certificates of authorities, read again when they change.
   *
   * @throws UnusableFileException if they cannot be used now
   */
  public static Reloaded<List<java.security.cert.X509Certificate>> authorities(
      String flag, Path file, TimeSource time) throws UnusableFileException {
    var files = new LinkedHashMap<String, Path>();
    files.put(flag, file);
    return Reloaded.of(files, contents -> contents.getFirst().certificates(), time);
  }

  /** What is to be used now. */
  public KeyMaterial current() {
    return material.get();
  }

  /** Why newer files are not in use; empty if there are none. */
  public Optional<String> problem() {
    return problem.get();
  }

  /** For people. */
  public String source() {
    return source;
  }
}
