package io.nodelifecycle.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.nodelifecycle.core.Action.ReadLeases;
import io.nodelifecycle.core.Observation.ReadOutcome.Leases;
import io.nodelifecycle.kubernetes.election.ElectionPolicy;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.testing.LocalServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Connections that nobody uses fall silent, without an end: what stood between has forgotten them.
 * New ones work.
 */
@Timeout(60)
final class DeadConnectionsTest {
  private static final int AT_ONCE = 8;
  private static final ElectionPolicy POLICY =
      new ElectionPolicy(
          "kube-system",
          "nlc",
          "me",
          Duration.ofSeconds(6),
          Duration.ofSeconds(4),
          Duration.ofSeconds(1));

  private final SystemTime time = new SystemTime();
  private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  private final Set<InetSocketAddress> dead = ConcurrentHashMap.newKeySet();
  private final CountDownLatch allAreAsked = new CountDownLatch(AT_ONCE);
  private final CountDownLatch isStopping = new CountDownLatch(1);
  private final AtomicInteger version = new AtomicInteger(7);
  private final LocalServer server = LocalServer.start(this::answer);

  @AfterEach
  void stop() {
    isStopping.countDown();
    server.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      connections.add(exchange.getRemoteAddress());
      if (dead.contains(exchange.getRemoteAddress())) {
        isStopping.await();
        return;
      }
      exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestURI().getPath().contains("kube-system")) {
        LocalServer.answer(exchange, 200, lease());
      } else {
        allAreAsked.countDown();
        allAreAsked.await();
        LocalServer.answer(
            exchange, 200, "{\"kind\": \"LeaseList\", \"metadata\": {}, \"items\": []}");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** As it is after whatever was done to it. */
  private String lease() {
    return """
    {"kind": "Lease", "metadata": {"name": "nlc", "resourceVersion": "%d"},
     "spec": {"holderIdentity": "me", "leaseDurationSeconds": 6}}
    """
        .formatted(version.incrementAndGet());
  }

  @Test
  void aLeaderRemainsOne() throws Exception {
    var address = server.address().toString();
    try (var connection =
            KubernetesConnection.open(
                new ApiServerAddress("", address, "", Map.of()),
                "test",
                time,
                RequestObserver.NONE);
        var election = connection.election(POLICY)) {
      readAtOnce(connection);
      var leads = new CountDownLatch(1);
      var lost = new CountDownLatch(1);
      election.ready();
      election.start(isLeader -> (isLeader ? leads : lost).countDown());
      assertThat(leads.await(20, TimeUnit.SECONDS)).isTrue();
      dead.addAll(connections);
      assertThat(lost.await(POLICY.leaseDuration().toSeconds(), TimeUnit.SECONDS)).isFalse();
      assertThat(election.isCertain(time.now())).isTrue();
    }
  }

  /** As after an outage: there are as many idle connections then as there were requests. */
  private void readAtOnce(KubernetesConnection connection) throws InterruptedException {
    var answered = new CountDownLatch(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < AT_ONCE; i++) {
        threads.execute(() -> {
          if (connection.reader().read(new ReadLeases()) instanceof Leases) {
            answered.countDown();
          }
        });
      }
    }
    assertThat(answered.await(1, TimeUnit.SECONDS)).isTrue();
    assertThat(connections).hasSize(AT_ONCE);
  }
}
