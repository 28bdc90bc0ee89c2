package io.nodelifecycle.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.nodelifecycle.testing.CertificateAuthority;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.PortClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates and ports of the packaged program, good and bad. No API server is there. */
final class PortCertificateIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final CertificateAuthority authority = CertificateAuthority.create("an-authority");

  @TempDir private Path folder;

  private ControllerProcess start(int port, String... flags) throws IOException {
    return ControllerProcess.program(folder, LoneProgram.arguments(folder, port, flags));
  }

  private String write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void filesThatAreReplacedAreServedAndBrokenOnesAreNot() throws IOException {
    var first = authority.issueServer();
    var second = authority.issueServer();
    var certificate = write("tls.crt", first.certificatePem());
    var key = write("tls.key", first.keyPem());
    var port = ControlPlane.freePort();
    try (var program =
            start(
                port,
                "--tls-cert-file=" + certificate,
                "--tls-private-key-file=" + key,
                "--authorization-always-allow-paths=/livez,/readyz,/readyz/*");
        var client = PortClient.nobody(port)) {
      LoneProgram.awaitOpen(program);
      var before = client.served();
      write("tls.crt", "-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n");
      assertThat(
              Pause.until(
                  SOON,
                  () ->
                      client.served().equals(before)
                          && program.output().contains("cannot be used; what they held before")))
          .as(program.tail())
          .isTrue();
      assertThat(client.get("/readyz?verbose").text())
          .containsPattern("\\[!]serving-certificate warning: expires at \\S+; --tls-cert-file=");
      write("tls.crt", second.certificatePem());
      write("tls.key", second.keyPem());
      assertThat(Pause.until(SOON, () -> !client.served().equals(before)))
          .as(program.tail())
          .isTrue();
      assertThat(client.get("/readyz?verbose").text())
          .containsPattern("\\[!]serving-certificate warning: expires at \\S+\n");
      assertThat(program.output().split("cannot be used; what they held before", -1)).hasSize(2);
    }
  }

  /** Nobody brings a client certificate: readiness itself looks at the file. */
  @Test
  void anAuthorityFileThatCannotBeUsedIsWarnedOfUntilItCan() throws IOException {
    var file = write("ca.crt", authority.certificatePem());
    var port = ControlPlane.freePort();
    try (var program = start(port, "--client-ca-file=" + file);
        var anybody = PortClient.nobody(port)) {
      LoneProgram.awaitOpen(program);
      assertThat(anybody.get("/readyz?verbose").text()).contains("[+]client-ca-file ok\n");
      Files.delete(folder.resolve("ca.crt"));
      var withheld = "[!]client-ca-file warning: reason withheld\n";
      assertThat(Pause.until(SOON, () -> anybody.get("/readyz?verbose").text().contains(withheld)))
          .isTrue();
      var master = authority.issueClient("root", List.of("system:masters"));
      try (var known = PortClient.withCertificate(port, master)) {
        assertThat(known.get("/readyz?verbose").text())
            .contains("[!]client-ca-file warning: --client-ca-file=" + file + " does not exist\n");
      }
      write("ca.crt", authority.certificatePem());
      assertThat(
              Pause.until(
                  SOON,
                  () -> anybody.get("/readyz?verbose").text().contains("[+]client-ca-file ok\n")))
          .isTrue();
    }
  }

  @Test
  void withoutFilesACertificateIsMadeInMemory() throws IOException {
    var port = ControlPlane.freePort();
    try (var program = start(port);
        var client = PortClient.nobody(port)) {
      LoneProgram.awaitOpen(program);
      var served = client.served();
      assertThat(served.getSubjectX500Principal().getName())
          .isEqualTo("CN=node-lifecycle-controller");
      assertThat(served.getNotAfter().toInstant())
          .isAfter(Instant.now().plus(Duration.ofDays(300)));
      assertThat(client.served()).isEqualTo(served);
      try (var files = Files.walk(folder)) {
        assertThat(files.filter(Files::isRegularFile))
            .noneMatch(file -> file.toString().matches(".*\\.(crt|key|pem)"));
      }
    }
  }

  static Stream<Arguments> badFiles() {
    var authority = CertificateAuthority.create("an-authority");
    var good = authority.issueServer();
    var expired =
        authority.issueClient("localhost", List.of(), Instant.now().minus(Duration.ofHours(1)));
    return Stream.of(
        argumentSet("no certificate", "hello", good.keyPem(), "holds no certificate"),
        argumentSet("no key", good.certificatePem(), "hello", "holds no private key"),
        argumentSet(
            "another's key",
            good.certificatePem(),
            authority.issueServer().keyPem(),
            "is not the key of the certificate in --tls-cert-file="),
        argumentSet("expired", expired.certificatePem(), expired.keyPem(), "expired at "),
        argumentSet(
            "an encrypted key",
            good.certificatePem(),
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n",
            "--tls-private-key-file="));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void aCertificateThatCannotBeUsedEndsTheStart(String certificate, String key, String said)
      throws IOException {
    refuses(
        ControlPlane.freePort(),
        said,
        "--tls-cert-file=" + write("tls.crt", certificate),
        "--tls-private-key-file=" + write("tls.key", key));
  }

  @Test
  void filesThatAreNotThereEndTheStart() throws IOException {
    var missing = folder.resolve("missing");
    refuses(ControlPlane.freePort(), "does not exist", "--client-ca-file=" + missing);
    refuses(ControlPlane.freePort(), "is a folder", "--client-ca-file=" + folder);
    refuses(
        ControlPlane.freePort(),
        "--authentication-kubeconfig: kubeconfig " + missing,
        "--authentication-kubeconfig=" + missing);
  }

  @Test
  void aPortInUseEndsTheStart() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refuses(
          taken.getLocalPort(),
          "cannot listen on /127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
    }
  }

  private void refuses(int port, String said, String... flags) throws IOException {
    try (var program = start(port, flags)) {
      assertThat(program.awaitExit(SOON)).as(program.tail()).hasValue(2);
      assertThat(program.standardError())
          .contains("node-lifecycle-controller cannot start: ")
          .contains(said)
          .doesNotContain("\tat ");
    }
  }
}
