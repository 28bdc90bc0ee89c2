package io.nodelifecycle.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.ReadLeases;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import io.nodelifecycle.runtime.Leadership;
import io.nodelifecycle.testing.CertificateAuthority;
import io.nodelifecycle.testing.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a request says about who sends it, and what comes of an API server that does not agree. */
@Timeout(60)
final class CredentialsTest {
  private static final String NOBODY = "-";
  private static final String REFUSED = "HTTP 401: not you";

  @TempDir private Path folder;
  private final SteppedTime time = new SteppedTime();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final LocalServer server = LocalServer.start(this::answer);
  private volatile String accepted = "Bearer good";

  @AfterEach
  void stop() {
    server.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var headers = exchange.getRequestHeaders().getOrDefault("Authorization", List.of(NOBODY));
      requests.add(exchange.getRequestMethod() + " " + String.join(" and ", headers));
      if (headers.equals(List.of(accepted))) {
        LocalServer.answer(
            exchange, 200, "{\"kind\": \"LeaseList\", \"metadata\": {}, \"items\": []}");
      } else {
        LocalServer.answer(exchange, 401, "{\"kind\": \"Status\", \"message\": \"not you\"}");
      }
    }
  }

  @Test
  void aWriteThatIsRefusedIsSentOnceAndSaysSo() throws Exception {
    token("bad");
    try (var connection = connection("tokenFile: the-token")) {
      assertThat(write(connection)).isEqualTo(REFUSED);
    }
    assertThat(requests).containsExactly("PATCH Bearer bad");
    assertThat(answers).containsExactly("401 PATCH");
  }

  @Test
  void aReadThatIsRefusedIsSentOnceAndSaysSo() throws Exception {
    token("bad");
    try (var connection = connection("tokenFile: the-token")) {
      assertThat(read(connection)).isEqualTo(REFUSED);
    }
    assertThat(requests).containsExactly("GET Bearer bad");
    assertThat(answers).containsExactly("401 GET");
  }

  /** The minute for which it would have been remembered has not passed. */
  @Test
  void aTokenThatWasReplacedIsUsedAfterARefusal() throws Exception {
    token("good");
    try (var connection = connection("tokenFile: the-token")) {
      assertThat(read(connection)).isEmpty();
      token("better");
      accepted = "Bearer better";
      assertThat(read(connection)).isEqualTo(REFUSED);
      assertThat(read(connection)).isEmpty();
    }
    assertThat(requests).containsExactly("GET Bearer good", "GET Bearer good", "GET Bearer better");
  }

  @Test
  void aTokenOfAKubeconfigIsSent() throws Exception {
    try (var connection = connection("token: good")) {
      assertThat(read(connection)).isEmpty();
      accepted = "Bearer better";
      assertThat(write(connection)).isEqualTo(REFUSED);
    }
    assertThat(requests).containsExactly("GET Bearer good", "PATCH Bearer good");
  }

  @Test
  void aNameAndAPasswordAreSent() throws Exception {
    accepted = "Basic bWU6c2VjcmV0";
    try (var connection = connection("username: me, password: secret")) {
      assertThat(read(connection)).isEmpty();
      accepted = "";
      assertThat(write(connection)).isEqualTo(REFUSED);
    }
    assertThat(requests).hasSize(2);
  }

  /** Who has a client certificate stays who they are, whoever the file names by now. */
  @Test
  void aKubeconfigIsReadOnce() throws Exception {
    var issued = CertificateAuthority.create("authority").issueClient("me", List.of());
    Files.writeString(folder.resolve("me.crt"), issued.certificatePem());
    Files.writeString(folder.resolve("me.key"), issued.keyPem());
    try (var connection = connection("client-certificate: me.crt, client-key: me.key")) {
      kubeconfig("token: of-somebody-else");
      assertThat(read(connection)).isEqualTo(REFUSED);
      assertThat(write(connection)).isEqualTo(REFUSED);
      Files.writeString(folder.resolve("kubeconfig"), "a: [");
      assertThat(read(connection)).isEqualTo(REFUSED);
      assertThat(write(connection)).isEqualTo(REFUSED);
    }
    assertThat(requests).containsExactly("GET -", "PATCH -", "GET -", "PATCH -");
  }

  @Test
  void aPluginIsRunAgainAfterARefusal() throws Exception {
    token("bad");
    var plugin = plugin("'\"token\": \"'$(cat %s)'\"'".formatted(folder.resolve("the-token")));
    try (var connection = connection(plugin)) {
      token("good");
      assertThat(read(connection)).isEmpty();
    }
    assertThat(requests).containsExactly("GET Bearer bad", "GET Bearer good");
  }

  /** It is part of the connections by then. */
  @Test
  void aPluginThatGivesACertificateIsRunOnce() throws Exception {
    var issued = CertificateAuthority.create("authority").issueClient("me", List.of());
    var status =
        "'\"clientCertificateData\": \"%s\", \"clientKeyData\": \"%s\"'"
            .formatted(inJson(issued.certificatePem()), inJson(issued.keyPem()));
    try (var connection = connection(plugin(status))) {
      assertThat(read(connection)).isEqualTo(REFUSED);
      assertThat(write(connection)).isEqualTo(REFUSED);
    }
    assertThat(requests).containsExactly("GET -", "PATCH -");
    assertThat(folder.resolve("runs")).hasContent("run");
  }

  private static String inJson(String pem) {
    return pem.replace("\n", "\\n");
  }

  /** A user of a kubeconfig whose plugin gives this, as printf's arguments in a shell. */
  private String plugin(String status) throws IOException {
    var plugin = folder.resolve("plugin");
    Files.writeString(
        plugin,
        """
        #!/bin/sh
        echo run >> %s
        printf '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",'
        printf '"status": {%%s}}' %s
        """
            .formatted(folder.resolve("runs"), status));
    assertThat(plugin.toFile().setExecutable(true)).isTrue();
    return "exec: {apiVersion: client.authentication.k8s.io/v1, command: \"%s\"}".formatted(plugin);
  }

  private void token(String token) throws IOException {
    Files.writeString(folder.resolve("the-token"), token + "\n");
  }

  private Path kubeconfig(String user) throws IOException {
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        clusters:
        - {name: c, cluster: {server: "%s"}}
        users:
        - {name: u, user: {%s}}
        contexts:
        - {name: x, context: {cluster: c, user: u}}
        current-context: x
        """
            .formatted(server.address(), user));
  }

  private KubernetesConnection connection(String user) throws Exception {
    var address = new ApiServerAddress(kubeconfig(user).toString(), "", "", Map.of());
    return KubernetesConnection.open(
        address, "test", time, (code, method, _, _) -> answers.add(code + " " + method));
  }

  /** Why it failed; empty if it did not. */
  private static String read(KubernetesConnection connection) {
    return connection.reader().read(new ReadLeases()) instanceof ReadOutcome.Failed failed
        ? failed.reason()
        : "";
  }

  /** Why it failed; empty if it did not. */
  private static String write(KubernetesConnection connection) {
    var write = new PatchNodeTaints(new NodeKey("a", "u"), "7", List.of(), List.of(), List.of(), 0);
    var writer = connection.writer(Leadership.ALONE, Set.of());
    return writer.write(write) instanceof Outcome.Failed failed ? failed.reason() : "";
  }
}
