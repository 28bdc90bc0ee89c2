package io.nodelifecycle.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.Kubectl;
import io.nodelifecycle.testing.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What people do with kubectl works against the sandbox. */
@EnabledIf("io.nodelifecycle.testing.Kubectl#isThere")
final class KubectlIT {
  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: node-1, labels: {node-role.kubernetes.io/worker: ""}}
      status:
        conditions: [{type: Ready, status: "True", reason: KubeletReady, message: fine}]
        addresses: [{type: InternalIP, address: 10.0.0.1}]
        capacity: {cpu: "4", memory: 8Gi, pods: "110"}
        allocatable: {cpu: "4", memory: 8Gi, pods: "110"}
        nodeInfo:
          {kubeletVersion: v1.2.3, osImage: Linux, kernelVersion: "6", machineID: "",
           containerRuntimeVersion: "containerd://1", systemUUID: "", bootID: "",
           kubeProxyVersion: "", operatingSystem: linux, architecture: amd64}
      """;

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, labels: {app: web}}
      spec: {nodeName: node-1, containers: [{name: main, image: "registry/web:1"}]}
      """;

  @TempDir Path folder;

  private final SandboxCluster cluster = new SandboxCluster(5, 1_000, Instant.now());
  private Optional<SandboxApiServer> server = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    var options = ServerOptions.STANDARD.withBearerToken("secret");
    var started = SandboxApiServer.start(cluster, 0, options, InstantSource.system());
    server = Optional.of(started);
    Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: sandbox, cluster: {server: "%s"}}]
        users: [{name: sandbox, user: {}}]
        contexts: [{name: sandbox, context: {cluster: sandbox, user: sandbox}}]
        current-context: sandbox
        """
            .formatted(started.uriWithToken()));
    Files.writeString(folder.resolve("node.yaml"), NODE);
    Files.writeString(folder.resolve("pod.yaml"), POD);
    kubectl("create", "-f", "node.yaml");
    kubectl("apply", "-f", "pod.yaml");
    create(
        ResourceType.LEASES,
        "kube-node-lease",
        """
        {"metadata": {"name": "node-1"},
         "spec": {"holderIdentity": "node-1", "leaseDurationSeconds": 40,
                  "renewTime": "2026-01-02T03:04:05.000000Z"}}
        """);
    create(
        ResourceType.EVENTS,
        "default",
        """
        {"metadata": {"name": "e"}, "reason": "NodeNotReady", "type": "Normal",
         "message": "Node node-1 status is now: NodeNotReady",
         "involvedObject": {"kind": "Node", "name": "node-1", "uid": "node-1"},
         "source": {"component": "node-controller"}, "count": 2,
         "firstTimestamp": "2026-01-02T03:04:05Z", "lastTimestamp": "2026-01-02T03:04:05Z"}
        """);
  }

  private void create(ResourceType type, String namespace, String object) {
    cluster.create(type, namespace, (ObjectNode) ApiClient.json(object), Instant.now());
  }

  @AfterEach
  void stop() {
    server.ifPresent(SandboxApiServer::close);
  }

  @Test
  void getPrintsColumns() {
    assertThat(kubectl("get", "nodes", "-o", "wide"))
        .containsPattern("NAME +STATUS +ROLES +AGE +VERSION +INTERNAL-IP +EXTERNAL-IP")
        .containsPattern("node-1 +Ready +worker +[0-9]+s +v1.2.3 +10.0.0.1 +<none> +Linux +6");
    assertThat(kubectl("get", "pods", "-A", "-o", "wide"))
        .containsPattern("NAMESPACE +NAME +READY +STATUS +RESTARTS +AGE +IP +NODE")
        .containsPattern("default +web +0/1 +Pending +0 +[0-9]+s +<none> +node-1");
    assertThat(kubectl("get", "leases", "-A"))
        .containsPattern("kube-node-lease +node-1 +node-1 +[0-9]+s");
    assertThat(kubectl("get", "events"))
        .containsPattern("LAST SEEN +TYPE +REASON +OBJECT +MESSAGE")
        .containsPattern("Normal +NodeNotReady +node/node-1 +Node node-1 status is now");
    assertThat(kubectl("get", "pods", "-l", "app in (web)", "--no-headers")).startsWith("web ");
    assertThat(kubectl("get", "pods", "-l", "app!=web", "--no-headers")).doesNotContain("web");
    assertThat(kubectl("get", "no,po,ns,ds")).contains("node/node-1", "pod/web", "namespace/");
    assertThat(kubectl("get", "pod", "web", "-o", "yaml")).contains("image: registry/web:1");
    assertThat(kubectl("get", "nodes", "-o", "name")).isEqualTo("node/node-1\n");
  }

  @Test
  void describeShowsANodeWithItsPodsLeaseAndEvents() {
    assertThat(kubectl("describe", "node", "node-1"))
        .containsPattern("Taints: +node.kubernetes.io/not-ready:NoSchedule")
        .containsPattern("HolderIdentity: +node-1")
        .containsPattern("Ready +True .*KubeletReady +fine")
        .containsPattern("default +web ")
        .contains("Non-terminated Pods:          (1 in total)");
    assertThat(kubectl("describe", "pod", "web")).containsPattern("Node: +node-1");
  }

  @Test
  void nodesAreChanged() {
    kubectl("taint", "node", "node-1", "a=b:NoExecute");
    assertThat(taints()).contains("a:NoExecute");
    kubectl("taint", "node", "node-1", "a-");
    assertThat(taints()).doesNotContain("a:NoExecute").contains("node.kubernetes.io/not-ready");
    kubectl("cordon", "node-1");
    assertThat(kubectl("get", "nodes")).contains("Ready,SchedulingDisabled");
    kubectl("uncordon", "node-1");
    kubectl("label", "node", "node-1", "x=y");
    kubectl("annotate", "node", "node-1", "note=1");
    assertThat(kubectl("get", "node", "node-1", "--show-labels")).contains("x=y");
    kubectl("patch", "node", "node-1", "-p", "{\"metadata\":{\"labels\":{\"x\":null}}}");
    kubectl(
        "patch",
        "node",
        "node-1",
        "--type=json",
        "-p",
        "[{\"op\":\"add\",\"path\":\"/metadata/labels/z\",\"value\":\"1\"}]");
    kubectl("patch", "node", "node-1", "--type=merge", "-p", "{\"spec\":{\"unschedulable\":true}}");
    assertThat(kubectl("get", "node", "node-1", "--show-labels"))
        .contains("z=1", "SchedulingDisabled")
        .doesNotContain("x=y");
  }

  private String taints() {
    var path = "jsonpath={range .spec.taints[*]}{.key}:{.effect} {end}";
    return kubectl("get", "node", "node-1", "-o", path);
  }

  @Test
  void podsAreAppliedDrainedAndDeleted() throws Exception {
    assertThat(kubectl("apply", "-f", "pod.yaml")).contains("unchanged");
    Files.writeString(
        folder.resolve("pod.yaml"), POD.replace("app: web", "app: shop").replace(":1", ":2"));
    assertThat(kubectl("apply", "-f", "pod.yaml")).contains("configured");
    assertThat(kubectl("get", "pod", "web", "-o", "yaml"))
        .contains("app: shop", "image: registry/web:2");
    for (var mode : List.of("client", "server")) {
      assertThat(kubectl("drain", "node-1", "--force", "--dry-run=" + mode))
          .contains("evicting pod default/web");
    }
    assertThat(kubectl("get", "pods")).contains("Pending");
    kubectl("delete", "pod", "web", "--wait=false");
    assertThat(kubectl("get", "pods")).contains("Terminating");
    kubectl("delete", "pod", "web", "--force", "--grace-period=0");
    assertThat(kubectl("get", "pods")).doesNotContain("web");
    kubectl("delete", "node", "node-1");
    assertThat(kubectl("get", "nodes")).doesNotContain("node-1");
  }

  @Test
  void watchingPrintsChanges() {
    var output = folder.resolve("watch.txt");
    var process = client().start(output, "get", "pods", "-o", "wide", "-w");
    try {
      assertThat(Pause.until(Duration.ofSeconds(30), () -> read(output).contains("Pending")))
          .isTrue();
      kubectl("delete", "pod", "web", "--wait=false");
      assertThat(Pause.until(Duration.ofSeconds(30), () -> read(output).contains("Terminating")))
          .as(read(output))
          .isTrue();
    } finally {
      process.destroy();
    }
  }

  @Test
  void resourcesAndVersionAreTold() {
    assertThat(kubectl("api-resources")).contains("nodes", "leases", "daemonsets");
    assertThat(kubectl("version")).contains("sandbox");
  }

  private String kubectl(String... arguments) {
    return client().run(arguments);
  }

  private Kubectl client() {
    return new Kubectl(folder, folder.resolve("kubeconfig"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
