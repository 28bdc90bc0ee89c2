package io.nodelifecycle.kubernetes.informer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.DaemonSetGone;
import io.nodelifecycle.core.Observation.DaemonSetSeen;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.ListBegin;
import io.nodelifecycle.core.Observation.ListEnd;
import io.nodelifecycle.core.Observation.NodeGone;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.PodGone;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.Observation.WatchBroken;
import io.nodelifecycle.core.Observation.WatchRestored;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.ApiServerAddress;
import io.nodelifecycle.kubernetes.ConnectionException;
import io.nodelifecycle.kubernetes.KubernetesConnection;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@NeedsControlPlane
@TestInstance(Lifecycle.PER_CLASS)
final class InformerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String NODES = "/api/v1/nodes";
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

  private static final String DAEMON_SETS = "/apis/apps/v1/namespaces/default/daemonsets";

  private final ControlPlane plane = ControlPlane.start();
  private final KubernetesConnection connection = connect(plane);
  private final List<Observation> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void clear() {
    seen.clear();
    plane.clear();
  }

  @AfterAll
  void stop() {
    connection.close();
    plane.close();
  }

  private Informers informers(int monitorPeriod) {
    var limits = QuietLimits.of(Duration.ofSeconds(monitorPeriod));
    return connection.informers(seen::add, limits, EnumSet.allOf(Resource.class));
  }

  @Test
  void listsAndFollowsNodesPodsLeasesAndDaemonSets() {
    create(NODES, node("before"));
    create(PODS, pod("bound-before", "before"));
    create(PODS, pod("unbound", ""));
    create(LEASES, lease("before"));
    create(DAEMON_SETS, daemonSet("before"));
    try (var informers = informers(5)) {
      informers.start();
      await(new ListEnd(Resource.NODES)::equals);
      await(new ListEnd(Resource.PODS)::equals);
      await(new ListEnd(Resource.LEASES)::equals);
      assertThat(seen).anyMatch(node("before", true));
      assertThat(seen).anyMatch(pod("bound-before", true));
      assertThat(seen).anyMatch(o -> o instanceof LeaseSeen(var name, _) && name.equals("before"));

      await(new ListEnd(Resource.DAEMON_SETS)::equals);
      assertThat(seen).anyMatch(daemonSet -> isDaemonSet(daemonSet, "before"));

      create(DAEMON_SETS, daemonSet("after"));
      await(daemonSet -> isDaemonSet(daemonSet, "after"));
      plane.admin().delete(DAEMON_SETS + "/after").orThrow();
      await(DaemonSetGone.class::isInstance);
      create(NODES, node("after"));
      create(PODS, pod("bound-after", "after"));
      create(LEASES, lease("after"));
      bind("unbound", "after");
      await(node("after", false));
      await(pod("bound-after", false));
      await(pod("unbound", false));
      await(o -> o instanceof LeaseSeen(var name, _) && name.equals("after"));

      plane.admin().delete(NODES + "/after").orThrow();
      plane.admin().delete(PODS + "/unbound?gracePeriodSeconds=0").orThrow();
      await(o -> o instanceof NodeGone(var name, _) && name.equals("after"));
      await(o -> o instanceof PodGone(var key) && key.name().equals("unbound"));
      assertThat(seen)
          .as("bound pods only")
          .noneMatch(o -> o instanceof PodSeen(var pod, _, _) && pod.nodeName().isEmpty());
      assertThat(seen).noneMatch(WatchBroken.class::isInstance);
    }
  }

  private static String daemonSet(String name) {
    return """
    {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "%1$s"},
     "spec": {"selector": {"matchLabels": {"app": "%1$s"}},
       "template": {"metadata": {"labels": {"app": "%1$s"}},
         "spec": {"containers": [{"name": "c", "image": "i"}]}}}}\
    """
        .formatted(name);
  }

  private static boolean isDaemonSet(Observation observation, String name) {
    return observation instanceof DaemonSetSeen(var daemonSet)
        && daemonSet.name().equals(name)
        && daemonSet.selector().matches(Map.of("app", name));
  }

  @Test
  void aListOfSeveralPagesIsCompleteAndReportedOnce() {
    for (int i = 0; i < 1001; i++) {
      create(LEASES, lease("lease-" + i));
    }
    try (var informers = informers(5)) {
      informers.start();
      await(new ListEnd(Resource.LEASES)::equals);

      assertThat(seen.stream().filter(LeaseSeen.class::isInstance)).hasSize(1001);
      assertThat(seen.stream().filter(new ListBegin(Resource.LEASES)::equals)).hasSize(1);
    }
  }

  @Test
  void aRestartOfTheApiServerIsReportedAsAGapAndNothingIsMissed() {
    create(NODES, node("known"));
    try (var informers = informers(5)) {
      informers.start();
      await(node("known", true));
      await(new ListEnd(Resource.PODS)::equals);
      await(new ListEnd(Resource.LEASES)::equals);
      plane.stopApiServer();
      for (var resource : Resource.values()) {
        await(new WatchBroken(resource)::equals);
      }
      plane.startApiServer();
      create(NODES, node("new"));

      await(o -> o instanceof NodeSeen(var node, _, _) && node.name().equals("new"));
      for (var resource : Resource.values()) {
        await(o -> o instanceof WatchRestored(var r, var gap) && r == resource && isSeconds(gap));
      }
    }
  }

  private static boolean isSeconds(Duration gap) {
    return gap.compareTo(Duration.ofSeconds(1)) > 0 && gap.compareTo(Duration.ofMinutes(2)) < 0;
  }

  private static Predicate<Observation> node(String name, boolean isListed) {
    return o ->
        o instanceof NodeSeen(var node, var listed, _)
            && node.name().equals(name)
            && listed == isListed;
  }

  private static Predicate<Observation> pod(String name, boolean isListed) {
    return o ->
        o instanceof PodSeen(var pod, var listed, _)
            && pod.key().name().equals(name)
            && listed == isListed;
  }

  private void await(Predicate<Observation> wanted) {
    assertThat(Pause.until(PATIENCE, () -> seen.stream().anyMatch(wanted)))
        .as("seen: %s", seen.size() > 50 ? seen.size() + " observations" : seen)
        .isTrue();
  }

  private void create(String path, String json) {
    plane.admin().post(path, ApiClient.json(json)).orThrow();
  }

  private void bind(String pod, String node) {
    create(
        PODS + "/" + pod + "/binding",
        """
        {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "%s"},
         "target": {"apiVersion": "v1", "kind": "Node", "name": "%s"}}
        """
            .formatted(pod, node));
  }

  private static String node(String name) {
    return """
    {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "%s"}}
    """
        .formatted(name);
  }

  private static String lease(String name) {
    return """
    {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "%s"}}
    """
        .formatted(name);
  }

  private static String pod(String name, String nodeName) {
    return """
    {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"},
     "spec": {"nodeName": "%s", "containers": [{"name": "c", "image": "i"}]}}
    """
        .formatted(name, nodeName);
  }

  private static KubernetesConnection connect(ControlPlane plane) {
    try {
      var address = new ApiServerAddress(plane.kubeconfig().toString(), "", "", Map.of());
      return KubernetesConnection.open(address, "test", new SystemTime(), RequestObserver.NONE);
    } catch (ConnectionException e) {
      throw new IllegalStateException(e);
    }
  }
}
