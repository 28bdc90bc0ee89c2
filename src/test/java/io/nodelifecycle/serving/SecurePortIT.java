package io.nodelifecycle.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.CertificateAuthority;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.PortClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Who is answered what on the secure port of the packaged program, beside a real API server. */
@NeedsControlPlane
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class SecurePortIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int SCRAPES_OF_A_PATH = 1_000;
  private static final int THREADS = 4;
  private static final String WRONG_TOKEN = "token-that-nobody-has-issued";
  private static final List<String> HEALTH = List.of("/livez", "/readyz", "/healthz");
  private static final List<String> GUARDED = List.of("/metrics", "/configz");

  private final ServedCluster cluster = ServedCluster.start();
  private final int port = ControlPlane.freePort();
  private ControllerProcess program;
  private String scraper;
  private String stranger;
  private String deleted;
  private String expired;

  @BeforeAll
  void startProgram(@TempDir Path folder) {
    scraper = cluster.account("scraper");
    cluster.allowPaths("scraper", "\"/metrics\", \"/configz\"");
    stranger = cluster.account("stranger");
    deleted = cluster.account("deleted");
    cluster.deleteAccount("deleted");
    expired = cluster.plane().reissued(scraper, past());
    program =
        ControllerProcess.program(
                folder,
                List.of(
                    "--kubeconfig="
                        + cluster.plane().kubeconfigWithToken(ServedCluster.PROGRAM_TOKEN),
                    "--leader-elect=false",
                    "--bind-address=127.0.0.1",
                    "--secure-port=" + port,
                    "-v=10"))
            .awaitSynced();
  }

  @AfterAll
  void end() {
    program.close();
    cluster.close();
  }

  /** Who calls, and what comes of it. */
  private record Credentials(PortClient client, int health, int guarded) {}

  private Map<String, Credentials> everybody() {
    var authority = cluster.plane().authority();
    var future = Instant.now().plus(Duration.ofHours(1));
    var all = new LinkedHashMap<String, Credentials>();
    all.put("right token", token(scraper, 200, 200));
    all.put("token without permission", token(stranger, 200, 403));
    all.put("token issued again", token(cluster.plane().reissued(scraper, future), 200, 200));
    all.put("expired token", token(expired, 401, 401));
    all.put("wrong token", token(WRONG_TOKEN, 401, 401));
    all.put("token of a deleted account", token(deleted, 401, 401));
    all.put("nothing", new Credentials(PortClient.nobody(port), 200, 403));
    all.put(
        "certificate of a master",
        certificate(authority.issueClient("root", List.of("system:masters")), 200, 200));
    all.put(
        "certificate without permission",
        certificate(authority.issueClient("somebody", List.of("crew")), 200, 403));
    all.put(
        "expired certificate",
        certificate(authority.issueClient("root", List.of("system:masters"), past()), 401, 401));
    all.put(
        "certificate of another authority",
        certificate(
            CertificateAuthority.create("another").issueClient("root", List.of("system:masters")),
            401,
            401));
    return all;
  }

  private static Instant past() {
    return Instant.now().minus(Duration.ofMinutes(1));
  }

  private Credentials token(String token, int health, int guarded) {
    return new Credentials(PortClient.withToken(port, token), health, guarded);
  }

  private Credentials certificate(CertificateAuthority.Issued issued, int health, int guarded) {
    return new Credentials(PortClient.withCertificate(port, issued), health, guarded);
  }

  @Test
  @Order(1)
  void onlyTheAllowedAreAnsweredInAThousandScrapesOfEachPath() throws Exception {
    var everybody = everybody();
    var expected = new TreeMap<String, Integer>();
    var scrapes = new ArrayList<Callable<String>>();
    var each = Math.ceilDiv(SCRAPES_OF_A_PATH, everybody.size());
    everybody.forEach((who, credentials) -> {
      for (var path : HEALTH) {
        expected.merge(path + " " + who + ": " + credentials.health, each, Integer::sum);
        addScrapes(scrapes, each, path, who, credentials.client);
      }
      for (var path : GUARDED) {
        expected.merge(path + " " + who + ": " + credentials.guarded, each, Integer::sum);
        addScrapes(scrapes, each, path, who, credentials.client);
      }
    });
    assertThat(tally(scrapes)).isEqualTo(expected);
    everybody.values().forEach(credentials -> credentials.client.close());
  }

  private static void addScrapes(
      List<Callable<String>> scrapes, int count, String path, String who, PortClient client) {
    for (int i = 0; i < count; i++) {
      scrapes.add(() -> path + " " + who + ": " + client.get(path).code());
    }
  }

  private static Map<String, Integer> tally(List<Callable<String>> scrapes)
      throws InterruptedException, ExecutionException {
    var tally = new TreeMap<String, Integer>();
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (var outcome : threads.invokeAll(scrapes)) {
        tally.merge(outcome.get(), 1, Integer::sum);
      }
    }
    return tally;
  }

  @Test
  @Order(2)
  void pagesSayWhatTheyAreFor() throws IOException {
    try (var client = PortClient.withToken(port, scraper)) {
      assertThat(client.get("/livez").text()).isEqualTo("ok");
      assertThat(client.get("/readyz").text()).isEqualTo("ok (alone)");
      assertThat(client.get("/livez?verbose").text())
          .isEqualTo(
              """
              [+]control-loop ok
              [+]watch-nodes ok
              [+]watch-pods ok
              [+]watch-leases ok
              [+]leases-heard ok
              livez check passed
              """);
      assertThat(client.get("/readyz?verbose&exclude=watch-pods&exclude=odd").text())
          .isEqualTo(
              """
              [+]caches-synced ok
              [+]live-lease-reads ok
              [+]watch-nodes ok
              [+]watch-leases ok
              [+]foreign-controller ok
              [+]serving-certificate ok
              [+]leadership ok: alone
              [+]watch-pods excluded: ok
              warn: some health checks cannot be excluded: no matches for "odd"
              readyz check passed
              """);
      var settings = ApiClient.json(client.get("/configz").text()).at("/node-lifecycle-controller");
      assertThat(settings.at("/v/value").asString()).isEqualTo("10");
      assertThat(settings.at("/v/source").asString()).isEqualTo("flag");
      assertThat(settings.at("/secure-port/default").asString()).isEqualTo("10290");
      assertThat(client.get("/no-such-page").code()).isEqualTo(403);
      assertThat(client.send("HEAD", "/livez", "", "").body()).isEmpty();
      assertThat(client.send("POST", "/livez", "", ""))
          .satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
          });
    }
  }

  @Test
  @Order(3)
  void metricsComeInTheFormatThatIsAskedFor() throws IOException {
    try (var client = PortClient.withToken(port, scraper)) {
      var plain = client.get("/metrics");
      assertThat(plain.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/plain; version=0.0.4");
      assertThat(plain.text()).contains("\nrest_client_requests_total{").doesNotContain("# EOF");
      var open =
          client.send("GET", "/metrics", "Accept", "application/openmetrics-text;version=1.0.0");
      assertThat(open.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/openmetrics-text; version=1.0.0");
      assertThat(open.text()).endsWith("# EOF\n");
      var packed = client.send("GET", "/metrics", "Accept-Encoding", "deflate, gzip");
      assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
      try (var stream = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
        assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
            .contains("\nrest_client_requests_total{");
      }
      var unpacked = client.send("GET", "/metrics", "Accept-Encoding", "gzip;q=0");
      assertThat(unpacked.headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  @Order(4)
  void aPermissionThatIsTakenAwayEndsWithWhatWasRemembered() {
    var token = cluster.account("passing");
    cluster.allowPaths("passing", "\"/metrics\"");
    try (var client = PortClient.withToken(port, token)) {
      assertThat(Pause.until(SOON, () -> client.get("/metrics").code() == 200)).isTrue();
      assertThat(client.get("/configz").code()).isEqualTo(403);
      cluster.deleteAccount("passing");
      assertThat(Pause.until(SOON, () -> client.get("/metrics").code() == 401)).isTrue();
    }
  }

  @Test
  @Order(5)
  void readinessSaysWhoLeads(@TempDir Path folder) {
    var ports = List.of(ControlPlane.freePort(), ControlPlane.freePort());
    try (var one = replica(folder, ports.getFirst());
        var other = replica(folder, ports.getLast());
        var first = PortClient.nobody(ports.getFirst());
        var second = PortClient.nobody(ports.getLast())) {
      one.awaitSynced();
      other.awaitSynced();
      assertThat(
              Pause.until(
                  SOON,
                  () ->
                      Set.of(first.get("/readyz").text(), second.get("/readyz").text())
                          .equals(Set.of("ok (leader)", "ok (standby)"))))
          .as(one.tail() + other.tail())
          .isTrue();
    }
  }

  private ControllerProcess replica(Path folder, int itsPort) {
    return ControllerProcess.program(
        folder,
        List.of(
            "--kubeconfig=" + cluster.plane().kubeconfig(),
            "--bind-address=127.0.0.1",
            "--secure-port=" + itsPort));
  }

  @Test
  @Order(6)
  void withoutTheApiServerProbesAreAnsweredAndNobodyElseIsLetIn() {
    var master = cluster.plane().authority().issueClient("root", List.of("system:masters"));
    try (var nobody = PortClient.nobody(port);
        var token = PortClient.withToken(port, cluster.account("late"));
        var certificate = PortClient.withCertificate(port, master)) {
      cluster.plane().stopApiServer();
      assertThat(nobody.get("/livez").code()).isEqualTo(200);
      assertThat(nobody.get("/readyz").code()).isEqualTo(200);
      assertThat(token.get("/metrics").code()).isEqualTo(401);
      assertThat(nobody.get("/configz?a").code()).isIn(403, 500);
      assertThat(nobody.get("/another").code()).isEqualTo(500);
      assertThat(certificate.get("/metrics").code()).isEqualTo(200);
      cluster.plane().startApiServer();
      assertThat(token.get("/metrics").code()).isEqualTo(403);
      assertThat(nobody.get("/livez").code()).isEqualTo(200);
    }
  }

  /** The last test: it looks at everything that the others have left in the log. */
  @Test
  @Order(7)
  void noTokenIsLoggedHoweverMuchIsLogged() {
    assertThat(program.output())
        .contains("answered on the secure port")
        .doesNotContain(
            ServedCluster.PROGRAM_TOKEN, scraper, stranger, deleted, expired, WRONG_TOKEN)
        .doesNotContain(
            signature(scraper), signature(stranger), signature(deleted), signature(expired));
    assertThat(program.terminate(SOON)).as(program.tail()).hasValue(0);
  }

  /** The part of a token that makes it one. */
  private static String signature(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }
}
