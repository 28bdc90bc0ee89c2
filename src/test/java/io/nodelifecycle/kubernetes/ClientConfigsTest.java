package io.nodelifecycle.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.testing.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ClientConfigsTest {
  private static final String FINE =
      """
      clusters:
      - {name: a, cluster: {server: "https://a.example:6443"}}
      - {name: b, cluster: {server: "https://b.example:6443", proxy-url: "http://proxy:3128"}}
      users:
      - {name: u, user: {token: secret}}
      contexts:
      - {name: first, context: {cluster: a, user: u}}
      - {name: second, context: {cluster: b, user: u}}
      current-context: first
      """;

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final SteppedTime time = new SteppedTime();

  @BeforeEach
  void home() {
    environment.put("HOME", folder.resolve("home").toString());
  }

  @Test
  void aKubeconfigThatIsNamedComesFirst() throws Exception {
    inCluster();
    var config = find(file("own", FINE), "", "");

    assertThat(config.getMasterUrl()).startsWith("https://a.example:6443");
    assertThat(config.getAutoOAuthToken()).isEqualTo("secret");
    assertThat(config.getRequestRetryBackoffLimit()).isZero();
    assertThat(config.isHttp2Disable()).isTrue();
    assertThat(config.getUserAgent()).isEqualTo("agent/1");
  }

  @Test
  void thenTheClusterThatThisRunsIn() throws Exception {
    inCluster();
    environment.put("KUBECONFIG", file("own", FINE));

    var config = find("", "", "");

    assertThat(config.getMasterUrl()).startsWith("https://[fd00::1]:443");
    assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("mounted");
  }

  @Test
  void thenWhatTheVariableListsAndTheFirstOfItCounts() throws Exception {
    var other = FINE.replace("b.example", "other.example").replace("second", "third");
    environment.put("KUBECONFIG", file("one", FINE) + ":/does/not/exist::" + file("two", other));

    assertThat(find("", "", "").getMasterUrl()).startsWith("https://a.example:6443");
    assertThat(find("", "", "third").getMasterUrl()).startsWith("https://b.example:6443");
  }

  @Test
  void thenTheFileAtHome() throws Exception {
    Files.createDirectories(folder.resolve("home/.kube"));
    file("home/.kube/config", FINE);

    assertThat(find("", "", "second").getHttpProxy()).isEqualTo("http://proxy:3128");
  }

  @Test
  void aMasterReplacesTheAddressOnly() throws Exception {
    var config = find(file("own", FINE), "http://127.0.0.1:8080", "");

    assertThat(config.getMasterUrl()).startsWith("http://127.0.0.1:8080");
    assertThat(config.getAutoOAuthToken()).isEqualTo("secret");
    assertThat(find("", "10.0.0.1:6443", "").getMasterUrl()).startsWith("https://10.0.0.1:6443");
  }

  /** The token of a service account is for the API server of its own cluster only. */
  @Test
  void aMasterAloneIsNotGivenTheServiceAccount() throws Exception {
    inCluster();

    var config = find("", "http://127.0.0.1:8080", "");

    assertThat(config.getMasterUrl()).startsWith("http://127.0.0.1:8080");
    assertThat(config.getOauthTokenProvider()).isNull();
    assertThat(config.getCaCertFile()).isNull();
  }

  /** As in client-go: what is in the file may be replaced, what is beside it may not. */
  @Test
  void aTokenFileIsPreferredToAToken() throws Exception {
    file("the-token", "of the file\n");
    var kubeconfig = file("own", FINE.replace("token: secret", "token: old, tokenFile: the-token"));

    assertThat(find(kubeconfig, "", "").getOauthTokenProvider())
        .isNotNull()
        .extracting(OAuthTokenProvider::getToken)
        .isEqualTo("of the file");
  }

  @Test
  void proxiesComeFromTheVariables() throws Exception {
    environment.put("HTTPS_PROXY", "http://one:3128");
    environment.put("http_proxy", "http://two:3128");
    environment.put("NO_PROXY", "10.0.0.0/8, .local");

    var config = find(file("own", FINE), "", "");

    assertThat(config.getHttpsProxy()).isEqualTo("http://one:3128");
    assertThat(config.getHttpProxy()).isEqualTo("http://two:3128");
    assertThat(config.getNoProxy()).containsExactly("10.0.0.0/8", ".local");
  }

  static Stream<Arguments> exceptions() {
    return Stream.of(
        argumentSet("plain", "10.0.0.0/8,.local", List.of("10.0.0.0/8", ".local")),
        argumentSet("blanks", " a.example ,\t, b.example,", List.of("a.example", "b.example")),
        argumentSet("no commas", "a.example b.example", List.of("a.example", "b.example")),
        argumentSet("patterns", "*.svc,*.cluster.local", List.of(".svc", ".cluster.local")),
        argumentSet("IPv6", "[fd00::1],fd00::/8", List.of("fd00::1", "fd00::/8")),
        argumentSet("no hosts", "a_b, x*y, *.", List.of()),
        argumentSet("nothing", " , ", List.of()));
  }

  /** What only some programs understand of it does not end the start. */
  @ParameterizedTest
  @MethodSource("exceptions")
  void hostsWithoutAProxyAreListedInManyWays(String variable, List<String> hosts) throws Exception {
    environment.put("HTTPS_PROXY", "http://one:3128");
    environment.put("NO_PROXY", variable);

    var config = find(file("own", FINE), "https://192.0.2.1:6443", "");

    var without = config.getNoProxy();
    assertThat(without == null ? List.of() : List.of(without)).isEqualTo(hosts);
    assertThat(config.getHttpsProxy()).isEqualTo("http://one:3128");
    assertThatCode(() -> new JdkHttpClientFactory().newBuilder(config).build().close())
        .doesNotThrowAnyException();
  }

  @Test
  void aStarAmongThemIsForAllHosts() throws Exception {
    environment.put("ALL_PROXY", "http://one:3128");
    environment.put("no_proxy", "a.example, *");

    var config = find(file("own", FINE), "", "");

    assertThat(config.getHttpsProxy()).isNull();
    assertThat(config.getHttpProxy()).isNull();
  }

  static List<Arguments> proxyUrls() {
    return List.of(
        argumentSet("both as they mostly are", "http://proxy:3128", "https://b.example:6443"),
        argumentSet("both plain", "http://proxy:3128", "http://b.example:6443"),
        argumentSet("both encrypted", "https://proxy:3128", "https://b.example:6443"),
        argumentSet("the proxy encrypted", "https://proxy:3128", "http://b.example:6443"));
  }

  /** Whatever schemes they have, and whatever the variables say of other servers. */
  @ParameterizedTest
  @MethodSource("proxyUrls")
  void theProxyOfAKubeconfigIsTheOneForItsServer(String proxy, String server) throws Exception {
    environment.put("HTTPS_PROXY", "http://one:3128");
    environment.put("HTTP_PROXY", "http://two:3128");
    environment.put("NO_PROXY", "b.example, *");
    var text = FINE.replace("http://proxy:3128", proxy).replace("https://b.example:6443", server);

    var config = find(file("own", text), "", "second");

    assertThat(server.startsWith("https:") ? config.getHttpsProxy() : config.getHttpProxy())
        .isEqualTo(proxy);
    assertThat(config.getNoProxy()).isNullOrEmpty();
  }

  @Test
  void aTokenFileIsReadAgainAfterAMinute() throws Exception {
    var text = FINE.replace("token: secret", "tokenFile: the-token");
    var kubeconfig = file("own", text);
    file("the-token", "one\n");
    var provider = find(kubeconfig, "", "").getOauthTokenProvider();
    assertThat(provider.getToken()).isEqualTo("one");
    file("the-token", "two\n");

    time.pass(Duration.ofMillis(59_999));
    assertThat(provider.getToken()).isEqualTo("one");
    time.pass(Duration.ofMillis(1));
    assertThat(provider.getToken()).isEqualTo("two");
    Files.delete(folder.resolve("the-token"));
    time.pass(Duration.ofMinutes(2));
    assertThat(provider.getToken()).isEqualTo("two");
  }

  @Test
  void anExecPluginIsRun() throws Exception {
    var plugin = folder.resolve("plugin");
    Files.writeString(
        plugin,
        """
        #!/bin/sh
        echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",'
        echo ' "status": {"token": "made"}}'
        """);
    assertThat(plugin.toFile().setExecutable(true)).isTrue();

    assertThat(find(file("own", exec(plugin.toString())), "", "").getAutoOAuthToken())
        .isEqualTo("made");
  }

  static Stream<Arguments> unusable() {
    var data = "certificate-authority-data: bm9uc2Vuc2U=, server";
    return Stream.of(
        argumentSet("empty", "", "is empty"),
        argumentSet("no YAML", "a: [", "is not a valid kubeconfig: see line 1, column 5"),
        argumentSet("other types", "users: {a: b}", "kubeconfig: its fields are of other types"),
        argumentSet(
            "an address without a scheme",
            FINE.replace("https://a.example", "a.example"),
            "a.example:6443 of cluster a in "),
        argumentSet("a list", "[1, 2]", "is not a valid kubeconfig: "),
        argumentSet(
            "other YAML",
            "a: b",
            "has no current-context: choose one with --context; it" + " has none"),
        argumentSet(
            "no context chosen",
            FINE.replace("current-context: first", ""),
            "choose one with --context; it has first, second"),
        argumentSet(
            "unknown context",
            FINE.replace("current-context: first", "current-context: third"),
            "there is no context third in kubeconfig "),
        argumentSet(
            "unknown cluster",
            FINE.replace("cluster: a,", "cluster: c,"),
            "names cluster c, which is not there or has no server"),
        argumentSet(
            "unknown user",
            FINE.replace("user: u}", "user: v}"),
            "names user v, which is not there"),
        argumentSet(
            "no certificate",
            FINE.replace("server", data),
            "the certificate-authority in the kubeconfig is not a certificate: "),
        argumentSet(
            "not Base64",
            FINE.replace("server", data.replace("bm9uc2Vuc2U=", "'*'")),
            "the certificate-authority-data in the kubeconfig is not Base64"),
        argumentSet(
            "no certificate file",
            FINE.replace("server", "certificate-authority: absent.crt, server"),
            "absent.crt cannot be read: NoSuchFile"),
        argumentSet(
            "no client certificate file",
            FINE.replace("token: secret", "client-certificate: absent.crt, client-key: x"),
            "absent.crt cannot be read: NoSuchFile"),
        argumentSet(
            "no token file",
            FINE.replace("token: secret", "tokenFile: absent"),
            "absent cannot be read or is empty"),
        argumentSet(
            "a plugin that is not there",
            exec("/does/not/exist"),
            "the exec plugin /does/not/exist"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void whatIsUnusableIsRefusedInOneSentence(String kubeconfig, String message) throws Exception {
    var file = file("own", kubeconfig);

    assertThatThrownBy(() -> find(file, "", ""))
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining(message)
        .extracting(Throwable::getMessage)
        .satisfies(text -> assertThat(String.valueOf(text).lines()).hasSize(1));
  }

  @Test
  void aContextThatIsNotThereIsRefusedWithThoseThatAre() throws Exception {
    var file = file("own", FINE);

    assertThatThrownBy(() -> find(file, "", "fourth"))
        .hasMessage("there is no context fourth in kubeconfig " + file + "; it has first, second");
  }

  @Test
  void anExpiredClientCertificateIsRefused() throws Exception {
    var issued = CertificateAuthority.create("authority").issueClient("me", List.of());
    file("me.crt", issued.certificatePem());
    file("me.key", issued.keyPem());
    var text = FINE.replace("token: secret", "client-certificate: me.crt, client-key: me.key");
    var kubeconfig = file("own", text);
    var address = new ApiServerAddress(kubeconfig, "", "", environment);
    var distant = Instant.parse("2199-01-01T00:00:00Z");

    assertThatThrownBy(() -> new ClientConfigs(address, folder, at(distant)).find("agent/1"))
        .isInstanceOf(ConnectionException.class)
        .hasMessageMatching("the client-certificate .*me.crt expired at .*: renew it");
  }

  @Test
  void nothingFoundSaysWhereItWasLookedFor() {
    assertThatThrownBy(() -> find("", "", ""))
        .hasMessageContaining("KUBERNETES_SERVICE_HOST")
        .hasMessageContaining("$KUBECONFIG (not set)")
        .hasMessageContaining(folder.resolve("home/.kube/config").toString())
        .hasMessageEndingWith("give --kubeconfig or --master");
    assertThatThrownBy(() -> find("/does/not/exist", "", ""))
        .hasMessage("kubeconfig /does/not/exist (--kubeconfig) does not exist");
    assertThatThrownBy(() -> find(folder.toString(), "", "")).hasMessageEndingWith("is a folder");
    environment.put("KUBECONFIG", "/does/not/exist:/nor/this");
    assertThatThrownBy(() -> find("", "", ""))
        .hasMessage("none of the files in $KUBECONFIG exists: /does/not/exist:/nor/this");
  }

  @Test
  void anAddressThatIsNoUrlIsRefused() throws Exception {
    var file = file("own", FINE);
    for (var master : List.of("ftp://x", "http://", "http://a b")) {
      assertThatThrownBy(() -> find(file, master, ""))
          .hasMessage(
              "the API server's address "
                  + master
                  + " (--master) is not an http:// or https:// URL");
    }
  }

  private Config find(String kubeconfig, String master, String context) throws ConnectionException {
    var address = new ApiServerAddress(kubeconfig, master, context, environment);
    return new ClientConfigs(address, folder.resolve("mounted"), time).find("agent/1").config();
  }

  private void inCluster() throws IOException {
    Files.createDirectories(folder.resolve("mounted"));
    file("mounted/token", "mounted\n");
    file("mounted/ca.crt", CertificateAuthority.create("authority").certificatePem());
    environment.put("KUBERNETES_SERVICE_HOST", "fd00::1");
    environment.put("KUBERNETES_SERVICE_PORT", "443");
  }

  private static String exec(String command) {
    return FINE.replace(
        "token: secret",
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: \"" + command + "\"}");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private TimeSource at(Instant wallClock) {
    return new TimeSource() {
      @Override
      public Instant now() {
        return time.now();
      }

      @Override
      public Instant wallClock() {
        return wallClock;
      }

      @Override
      public void sleep(Duration duration) {
        time.pass(duration);
      }
    };
  }
}
