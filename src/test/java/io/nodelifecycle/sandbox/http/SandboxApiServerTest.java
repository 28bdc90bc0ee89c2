package io.nodelifecycle.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.testing.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class SandboxApiServerTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.890Z");
  private static final String NODES = "/api/v1/nodes";

  private final SandboxCluster cluster = new SandboxCluster(3, 100, NOW);

  private SandboxApiServer start(ServerOptions options) throws IOException {
    return SandboxApiServer.start(cluster, 0, options, InstantSource.fixed(NOW));
  }

  private void node(String name) {
    var body = Json.object("{\"metadata\": {\"name\": \"" + name + "\"}}");
    cluster.create(ResourceType.NODES, "", body, NOW);
  }

  private static String next(BlockingQueue<JsonNode> events) throws InterruptedException {
    var event = events.poll(10, TimeUnit.SECONDS);
    if (event == null) {
      return "nothing";
    }
    var name = event.at("/object/metadata/name").asString("");
    return event.path("type").asString() + " " + name;
  }

  @Test
  void withoutTheTokenOnlyHealthIsTold() throws Exception {
    try (var server = start(ServerOptions.STANDARD.withBearerToken("secret"));
        var stranger = ApiClient.plain(server.baseUri());
        var http = HttpClient.newHttpClient()) {
      assertThat(stranger.get(NODES).status()).isEqualTo(401);
      assertThat(stranger.get(NODES).body().path("reason").asString()).isEqualTo("Unauthorized");
      assertThat(stranger.get("/version").status()).isEqualTo(401);
      assertThat(stranger.get("/readyz").status()).isEqualTo(200);
      for (var token : new String[] {"secret", "secre", "secrets"}) {
        var request =
            HttpRequest.newBuilder(URI.create(server.baseUri() + NODES))
                .header("Authorization", "Bearer " + token)
                .build();
        assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
            .isEqualTo(token.equals("secret") ? 200 : 401);
      }
    }
  }

  @Test
  void theTokenMayBeInThePath() throws Exception {
    try (var server = start(ServerOptions.STANDARD.withBearerToken("secret"));
        var client = ApiClient.plain(server.uriWithToken());
        var stranger = ApiClient.plain(URI.create(server.baseUri() + "/secre"))) {
      assertThat(client.get(NODES).status()).isEqualTo(200);
      assertThat(client.get("/openapi/v3").orThrow().toString())
          .contains("\"/secret/openapi/v3/api/v1\"");
      assertThat(stranger.get(NODES).status()).isEqualTo(401);
    }
  }

  @Test
  void listensOnTheLoopbackInterfaceOnly() throws Exception {
    try (var server = start(ServerOptions.STANDARD)) {
      assertThat(server.baseUri().getHost()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void bookmarksComeAtTheirIntervalToThoseWhoAsk() throws Exception {
    var options = ServerOptions.STANDARD.withBookmarkInterval(Duration.ofMillis(50));
    try (var server = start(options);
        var client = ApiClient.plain(server.baseUri())) {
      var events = new LinkedBlockingQueue<JsonNode>();
      node("one");
      try (var _ = client.watch(NODES + "?allowWatchBookmarks=true", events::add)) {
        assertThat(next(events)).isEqualTo("ADDED one");
        var bookmark = events.poll(10, TimeUnit.SECONDS);
        assertThat(bookmark.path("type").asString()).isEqualTo("BOOKMARK");
        assertThat(bookmark.at("/object/kind").asString()).isEqualTo("Node");
        assertThat(bookmark.at("/object/metadata/resourceVersion").asString())
            .isEqualTo(Long.toString(cluster.revision()));
      }
    }
  }

  @Test
  void requestsAreRefusedDelayedAndDroppedAsPlanned() throws Exception {
    var fault = new AtomicReference<Fault>(new Fault.Refuse(429, "TooManyRequests", 7));
    try (var server = start(ServerOptions.STANDARD.withFaults(_ -> fault.get()));
        var client = ApiClient.plain(server.baseUri())) {
      var refused = client.post(NODES, Json.object("{\"metadata\": {\"name\": \"a\"}}"));
      assertThat(refused.status()).isEqualTo(429);
      assertThat(cluster.count(ResourceType.NODES)).isZero();

      fault.set(new Fault.Delay(Duration.ofMillis(1)));
      assertThat(client.get(NODES).status()).isEqualTo(200);

      fault.set(new Fault.Drop(true));
      assertThatThrownBy(() -> client.post(NODES, Json.object("{\"metadata\": {\"name\": \"b\"}}")))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(cluster.count(ResourceType.NODES)).isEqualTo(1);

      fault.set(new Fault.Drop(false));
      assertThatThrownBy(() -> client.post(NODES, Json.object("{\"metadata\": {\"name\": \"c\"}}")))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(cluster.count(ResourceType.NODES)).isEqualTo(1);
    }
  }

  /** A plan under which only watches go wrong. */
  private static FaultPlan watches(AtomicReference<Delivery> delivery) {
    return new FaultPlan() {
      @Override
      public Fault onRequest(ApiCall call) {
        return Fault.NONE;
      }

      @Override
      public Delivery onDelivery(ApiCall watch) {
        return delivery.get();
      }
    };
  }

  @Test
  void aWatchIsHeldReleasedAndCutAsPlanned() throws Exception {
    var delivery = new AtomicReference<>(Delivery.DELIVER);
    try (var server = start(ServerOptions.STANDARD.withFaults(watches(delivery)));
        var client = ApiClient.plain(server.baseUri())) {
      var events = new LinkedBlockingQueue<JsonNode>();
      node("one");
      try (var watch = client.watch(NODES, events::add)) {
        assertThat(next(events)).isEqualTo("ADDED one");
        delivery.set(Delivery.HOLD);
        node("two");
        assertThat(events.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(watch.isOpen()).isTrue();

        delivery.set(Delivery.DELIVER);
        assertThat(next(events)).isEqualTo("ADDED two");

        delivery.set(Delivery.CUT);
        node("three");
        assertThat(events.poll(200, TimeUnit.MILLISECONDS)).isNull();
      }
    }
  }

  @Test
  void aWatchThatIsOvertakenByCompactionEndsWithAnError() throws Exception {
    var delivery = new AtomicReference<>(Delivery.DELIVER);
    try (var server = start(ServerOptions.STANDARD.withFaults(watches(delivery)));
        var client = ApiClient.plain(server.baseUri())) {
      var events = new LinkedBlockingQueue<JsonNode>();
      node("one");
      try (var _ = client.watch(NODES, events::add)) {
        assertThat(next(events)).isEqualTo("ADDED one");
        delivery.set(Delivery.HOLD);
        node("two");
        cluster.compact(cluster.revision());
        delivery.set(Delivery.DELIVER);

        var error = events.poll(10, TimeUnit.SECONDS);
        assertThat(error.path("type").asString()).isEqualTo("ERROR");
        assertThat(error.at("/object/code").asInt()).isEqualTo(410);
      }
    }
  }
}
