package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import io.nodelifecycle.testing.Stopwatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of 300 nodes and 18,000 pods: the controller syncs, judges and stays small. */
@NeedsControlPlane
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ScaleIT {
  private static final int NODES = 300;
  private static final int PODS = 60;
  private static final int NODES_PER_ZONE = 60;
  private static final int DEAD = 10;

  /** Requests under way at a time while loading. */
  private static final int AT_ONCE = 32;

  private static final Duration RENEWAL = Duration.ofSeconds(5);
  private static final Duration GRACE_AND_MORE = Duration.ofSeconds(22);
  private static final Duration JUDGED = Duration.ofSeconds(90);
  private static final long MOST_RESIDENT_MEBIBYTES = 768;
  private static final double MOST_CPU_SECONDS = 120;
  private static final double CLOCK_TICKS = 100;
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable:NoExecute";

  private static final Map<String, String> FLAGS =
      Map.of(
          "node-monitor-period", "2s",
          "node-monitor-grace-period", "20s",
          "node-eviction-rate", "5",
          "kube-api-qps", "100",
          "kube-api-burst", "150");

  @Test
  void itSyncsJudgesAndStaysSmall(@TempDir Path folder) {
    try (var plane = ControlPlane.start();
        var kubelets = new FakeKubelets(plane.admin(), RENEWAL)) {
      var loading = Stopwatch.startingAt(0);
      load(plane.admin(), kubelets);
      report("%d nodes, %d pods, loaded in %.1f s", NODES, NODES * PODS, loading.getAsDouble());
      try (var controller = ControllerProcess.program(folder, plane.kubeconfig(), FLAGS)) {
        var syncing = Stopwatch.startingAt(0);
        controller.awaitSynced();
        report("synced in %.1f s: %s", syncing.getAsDouble(), usage(controller));
        Pause.of(GRACE_AND_MORE);
        assertThat(unknownNodes(plane.admin())).isZero();
        judges(plane.admin(), kubelets);
        report("in the end: %s", usage(controller));
        assertThat(residentMebibytes(controller)).isLessThan(MOST_RESIDENT_MEBIBYTES);
        assertThat(cpuSeconds(controller)).isLessThan(MOST_CPU_SECONDS);
        endsWellAmidEvictions(plane.admin(), controller);
      }
    }
  }

  private static void judges(ApiClient api, FakeKubelets kubelets) {
    var judging = Stopwatch.startingAt(0);
    var cluster = new Cluster(api);
    IntStream.range(0, DEAD).mapToObj(ScaleIT::node).forEach(kubelets::stopHeartbeats);
    for (int i = 0; i < DEAD; i++) {
      cluster.becomesUnknown(node(i), JUDGED);
      cluster.becomesTainted(node(i), UNREACHABLE, JUDGED);
    }
    assertThat(Pause.until(JUDGED, () -> readyPods(api) == 0)).as("no pod there is ready").isTrue();
    report("%d dead nodes judged in %.1f s", DEAD, judging.getAsDouble());
    assertThat(unknownNodes(api)).isEqualTo(DEAD);
  }

  private static void endsWellAmidEvictions(ApiClient api, ControllerProcess controller) {
    var busy = node(NODES - 1);
    var taint =
        ApiClient.json("{\"spec\": {\"taints\": [{\"key\": \"k\", \"effect\": \"NoExecute\"}]}}");
    api.mergePatch("/api/v1/nodes/" + busy, taint).orThrow();
    assertThat(Pause.until(JUDGED, () -> api.items(podsOf(busy)).anyMatch(Cluster::isDeleting)))
        .as("a pod on the tainted node is deleted")
        .isTrue();
    Outputs.endsWell(controller);
  }

  private static void load(ApiClient api, FakeKubelets kubelets) {
    parallel(
        NODES,
        i -> {
          var labels = Map.of("topology.kubernetes.io/zone", "zone-" + i / NODES_PER_ZONE);
          kubelets.register(node(i), labels);
          kubelets.postConditions(node(i), FakeKubelets.HEALTHY);
          kubelets.startHeartbeats(node(i));
        });
    var template = pod();
    parallel(
        NODES * PODS,
        i -> {
          var node = i / PODS;
          var pod = ApiClient.json(template.formatted(i, node, node(node)));
          if (node < DEAD) {
            kubelets.runPod("default", pod);
          } else {
            api.post("/api/v1/namespaces/default/pods", pod).orThrow();
          }
        });
  }

  /** Does it for 0 to count - 1, a bounded number of them at a time, and throws what one threw. */
  private static void parallel(int count, IntConsumer task) {
    try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
      var all =
          IntStream.range(0, count)
              .mapToObj(i -> CompletableFuture.runAsync(() -> task.accept(i), pool))
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(all).join();
    }
  }

  /** A pod as deployments make them: labels, two containers with environments, volumes. */
  private static String pod() {
    var container =
        """
        {"name": "CONTAINER", "image": "registry.example.com/team/service:1.24.3", "env": [ENV],
         "ports": [{"containerPort": 8080, "name": "http"}],
         "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}},
         "volumeMounts": [{"name": "settings", "mountPath": "/etc/service"}],
         "livenessProbe": {"httpGet": {"path": "/healthz", "port": "http"}}}
        """
            .replace(
                "ENV",
                IntStream.range(0, 12)
                    .mapToObj(
                        "{\"name\": \"SETTING_%1$s\", \"value\": \"a value of it %1$s\"}"
                            ::formatted)
                    .collect(Collectors.joining(", ")));
    return """
    {"metadata": {"name": "service-6c8d7f9b5d-%%06d",
      "labels": {"app.kubernetes.io/name": "service", "app.kubernetes.io/part-of": "shop",
        "pod-template-hash": "6c8d7f9b5d", "node": "%%d"},
      "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "controller": true,
        "name": "service-6c8d7f9b5d", "uid": "00000000-0000-0000-0000-0000000000d5"}]},
     "spec": {"nodeName": "%%s", "containers": [%s, %s],
      "volumes": [{"name": "settings", "configMap": {"name": "service"}}],
      "tolerations": [
        {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute",
         "tolerationSeconds": 300},
        {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute",
         "tolerationSeconds": 300}]}}
    """
        .formatted(container.replace("CONTAINER", "main"), container.replace("CONTAINER", "proxy"));
  }

  /** From the server's cache: a list from etcd would read all pods each time. */
  private static String podsOf(String node) {
    return "/api/v1/pods?resourceVersion=0&fieldSelector=spec.nodeName%3D" + node;
  }

  private static String node(int index) {
    return "node-" + index;
  }

  private static long unknownNodes(ApiClient api) {
    return api.items("/api/v1/nodes")
        .filter(node -> Cluster.condition(node, "Ready").equals("Unknown"))
        .count();
  }

  /** How many pods of the dead nodes are ready; the others never were. */
  private static long readyPods(ApiClient api) {
    return IntStream.range(0, DEAD)
        .mapToObj(i -> podsOf(node(i)))
        .flatMap(api::items)
        .filter(pod -> Cluster.condition(pod, "Ready").equals("True"))
        .count();
  }

  private static String usage(ControllerProcess controller) {
    return String.format(
        Locale.ROOT,
        "%d MiB resident, %.1f s of CPU",
        residentMebibytes(controller),
        cpuSeconds(controller));
  }

  private static long residentMebibytes(ControllerProcess controller) {
    return proc(controller, "status")
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  /** User and system time: the 14th and 15th field, where the 2nd, in parentheses, ends first. */
  private static double cpuSeconds(ControllerProcess controller) {
    var stat = proc(controller, "stat");
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / CLOCK_TICKS;
  }

  private static String proc(ControllerProcess controller, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(controller.pid()), file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the controller's " + file, e);
    }
  }

  private static void report(String format, Object... values) {
    System.out.println("scale: " + String.format(Locale.ROOT, format, values));
  }
}
