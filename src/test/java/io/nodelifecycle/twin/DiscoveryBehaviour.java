package io.nodelifecycle.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the server says of itself, and the forms in which it shows objects. */
interface DiscoveryBehaviour {
  String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";

  TwinServer server();

  @Test
  default void itIsAliveAndReady() {
    for (var path : List.of("/healthz", "/livez", "/readyz")) {
      assertThat(server().api().get(path).orThrow().asString()).isEqualTo("ok");
    }
    assertThat(server().get("/version").path("gitVersion").asString()).startsWith("v");
  }

  @Test
  default void itTellsItsGroupsAndResources() {
    assertThat(server().get("/api").at("/versions/0").asString()).isEqualTo("v1");
    var groups = server().get("/apis").path("groups").valueStream();
    assertThat(groups.map(g -> g.path("name").asString()))
        .contains("apps", "coordination.k8s.io", "policy");
    var expected =
        Map.of(
            "/api/v1",
            List.of("nodes", "nodes/status", "pods", "pods/status", "pods/eviction", "events"),
            "/apis/apps/v1",
            List.of("daemonsets", "daemonsets/status"),
            "/apis/coordination.k8s.io/v1",
            List.of("leases"));

    expected.forEach((path, names) -> {
      var resources = server().get(path).path("resources").valueStream();
      assertThat(resources.map(r -> r.path("name").asString())).containsAll(names);
    });
    var pods = resource("/api/v1", "pods");
    assertThat(pods.path("kind").asString()).isEqualTo("Pod");
    assertThat(pods.path("namespaced").asBoolean()).isTrue();
    assertThat(pods.at("/shortNames/0").asString()).isEqualTo("po");
    assertThat(resource("/api/v1", "nodes").path("namespaced").asBoolean()).isFalse();
  }

  private JsonNode resource(String path, String name) {
    return server()
        .get(path)
        .path("resources")
        .valueStream()
        .filter(r -> r.path("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  default void tablesHaveTheColumnsThatKubectlPrints() {
    server().node();
    var expected =
        Map.of(
            "/api/v1/nodes",
            "Name,Status,Roles,Age,Version,Internal-IP*,External-IP*,OS-Image*,Kernel-Version*,"
                + "Container-Runtime*",
            "/api/v1/pods",
            "Name,Ready,Status,Restarts,Age,IP*,Node*,Nominated Node*,Readiness Gates*",
            "/apis/coordination.k8s.io/v1/leases",
            "Name,Holder,Age",
            "/api/v1/namespaces",
            "Name,Status,Age",
            "/api/v1/events",
            "Last Seen,Type,Reason,Object,Subobject*,Source*,Message,First Seen*,Count*,Name*");

    expected.forEach((path, columns) -> {
      var table = server().api().getAs(TABLE, path).orThrow();
      assertThat(table.path("kind").asString()).isEqualTo("Table");
      assertThat(headings(table)).as(path).isEqualTo(columns);
    });
  }

  private static String headings(JsonNode table) {
    return String.join(
        ",",
        table
            .path("columnDefinitions")
            .valueStream()
            .map(c -> c.path("name").asString() + (c.path("priority").asInt() == 0 ? "" : "*"))
            .toList());
  }

  @Test
  default void aNodesRowSaysHowItIs() {
    var path = server().node();
    var name = server().get(path).at("/metadata/name").asString();
    server()
        .merge(
            path,
            "{'spec': {'unschedulable': true},"
                + " 'metadata': {'labels': {'node-role.kubernetes.io/worker': ''}}}")
        .orThrow();
    server()
        .merge(
            path + "/status",
            "{'status': {'conditions': [{'type': 'Ready', 'status': 'Unknown'}],"
                + " 'addresses': [{'type': 'InternalIP', 'address': '10.0.0.1'}],"
                + " 'nodeInfo': {'kubeletVersion': 'v1.2.3', 'osImage': 'Linux', 'machineID': '',"
                + " 'systemUUID': '', 'bootID': '', 'kernelVersion': '',"
                + " 'containerRuntimeVersion': '', 'kubeProxyVersion': '',"
                + " 'operatingSystem': '', 'architecture': ''}}}")
        .orThrow();

    var row = server().api().getAs(TABLE, path).orThrow().at("/rows/0");

    var cells = row.path("cells").valueStream().map(c -> c.asString()).toList();
    assertThat(cells.subList(0, 3)).containsExactly(name, "NotReady,SchedulingDisabled", "worker");
    assertThat(cells.get(3)).matches("[0-9]+s");
    assertThat(cells.subList(4, 10))
        .containsExactly("v1.2.3", "10.0.0.1", "<none>", "Linux", "<unknown>", "<unknown>");
    assertThat(row.at("/object/kind").asString()).isEqualTo("PartialObjectMetadata");
  }

  @Test
  default void aPodsRowSaysHowItIs() {
    var path = server().pod(server().namespace(), "p", "n");
    server().merge(path + "/status", "{'status': {'phase': 'Running'}}").orThrow();
    assertThat(podRow(path)).startsWith("p", "0/1", "Running", "0");

    server().api().delete(path).orThrow();
    assertThat(podRow(path)).startsWith("p", "0/1", "Terminating", "0").contains("n");

    server().merge(path + "/status", "{'status': {'reason': 'NodeLost'}}").orThrow();
    assertThat(podRow(path)).startsWith("p", "0/1", "Unknown", "0");
  }

  private List<String> podRow(String path) {
    var row = server().api().getAs(TABLE, path).orThrow().at("/rows/0/cells");
    return row.valueStream().map(JsonNode::asString).toList();
  }

  @Test
  default void metadataAloneCanBeListed() {
    var path = server().node();
    var accept = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";

    var node = server().api().getAs(accept, path).orThrow();

    assertThat(node.path("kind").asString()).isEqualTo("PartialObjectMetadata");
    assertThat(node.path("spec").isMissingNode()).isTrue();
  }

  @Test
  default void refusesFormsThatItDoesNotHave() {
    var answer = server().api().getAs("text/html", "/api/v1/nodes");

    WriteBehaviour.assertRefused(answer, 406, "NotAcceptable");
  }
}
