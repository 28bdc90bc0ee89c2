package io.nodelifecycle.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** The sandbox's temporary folder: the kubeconfig and the log. Only its owner can read it. */
final class Workspace implements AutoCloseable {
  /** The context of the kubeconfig that the controller uses. */
  static final String CONTROLLER = "controller";

  private static final int TOKEN_BYTES = 16;

  private final Path folder;
  private final String token;

  private Workspace(Path folder, String token) {
    this.folder = folder;
    this.token = token;
  }

  static Workspace create() throws IOException {
    var bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Workspace(
        Files.createTempDirectory("nlc-sandbox-"), HexFormat.of().formatHex(bytes));
  }

  /** What requests have to carry: other users of this machine are kept out. */
  String token() {
    return token;
  }

  Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  Path log() {
    return folder.resolve("controller.log");
  }

  /**
   * Writes the kubeconfig. Its current context is for kubectl, which sends no token over plain
   * HTTP: the token is in the address. The context {@link #CONTROLLER} sends it as a header.
   */
  void writeKubeconfig(URI server, URI serverWithToken) throws IOException {
    var text =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: sandbox
          cluster:
            server: %s
        - name: controller
          cluster:
            server: %s
        users:
        - name: sandbox
          user: {}
        - name: controller
          user:
            token: %s
        contexts:
        - name: sandbox
          context:
            cluster: sandbox
            user: sandbox
        - name: controller
          context:
            cluster: controller
            user: controller
        current-context: sandbox
        """
            .formatted(serverWithToken, server, token);
    boolean isPosix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (isPosix && !Files.exists(kubeconfig())) {
      Files.createFile(
          kubeconfig(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(kubeconfig(), text);
  }

  /** Removes the kubeconfig, which leads nowhere any more. The log stays. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(kubeconfig());
    if (!Files.exists(log()) || Files.size(log()) == 0) {
      for (var path : List.of(log(), folder)) {
        Files.deleteIfExists(path);
      }
    }
  }
}
