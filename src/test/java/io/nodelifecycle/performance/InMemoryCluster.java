package io.nodelifecycle.performance;

import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.http.SandboxApiServer;
import io.nodelifecycle.sandbox.http.ServerOptions;
import io.nodelifecycle.sandbox.kubelet.Kubelets;
import io.nodelifecycle.sandbox.kubelet.Kubelets.Rhythm;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.testing.ClusterLoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** A cluster of any size on the project's own API server, with machines that renew their leases. */
final class InMemoryCluster implements AutoCloseable {
  private static final int HISTORY = 100_000;
  private static final int ZONES = 5;
  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration STATUS = Duration.ofMinutes(30);

  private final TimeSource time = new SystemTime();
  private final SandboxCluster cluster;
  private final Kubelets kubelets;
  private final SandboxApiServer server;
  private final Thread machines;
  private volatile boolean isOver;

  /**
   * Fills a cluster and serves it.
   *
   * @param renewal how often each node renews its lease
   */
  InMemoryCluster(int nodes, int podsPerNode, Duration renewal) {
    cluster = new SandboxCluster(1, HISTORY, time.wallClock());
    var rhythm =
        new Rhythm(renewal, STATUS, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1));
    kubelets = new Kubelets(cluster, rhythm);
    fill(nodes, podsPerNode);
    try {
      server = SandboxApiServer.start(cluster, 0, ServerOptions.STANDARD, time::wallClock);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve", e);
    }
    machines = Thread.ofPlatform().name("machines").start(this::live);
  }

  private void fill(int nodes, int podsPerNode) {
    var now = time.now();
    var wall = time.wallClock();
    for (int node = 0; node < nodes; node++) {
      kubelets.join(ClusterLoad.node(node), "zone-" + node % ZONES, now, wall);
      untaint(ClusterLoad.node(node), wall);
      for (int i = 0; i < podsPerNode; i++) {
        var pod = ClusterLoad.pod(node * podsPerNode + i, node);
        Json.child(pod, "metadata").put("namespace", "default");
        Json.child(pod, "status")
            .put("phase", "Running")
            .putArray("conditions")
            .addObject()
            .put("type", "Ready")
            .put("status", "True")
            .put("lastTransitionTime", Json.time(wall));
        var _ = cluster.restore(ResourceType.PODS, pod, wall);
      }
    }
  }

  /** A controller that starts finds nothing to do: what is measured is not that it does it. */
  private void untaint(String node, Instant wall) {
    var _ =
        cluster.modify(
            ObjectRef.node(node),
            Part.MAIN,
            tree -> {
              Json.child(tree, "spec").remove("taints");
              return tree;
            },
            wall);
  }

  private void live() {
    try {
      while (!isOver) {
        kubelets.advance(time.now(), time.wallClock());
        time.sleep(STEP);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where it is served. */
  URI uri() {
    return server.baseUri();
  }

  @Override
  public void close() {
    isOver = true;
    try {
      machines.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    server.close();
    kubelets.close();
  }
}
