package io.nodelifecycle.twin;

import static io.nodelifecycle.twin.TwinServer.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiResponse;
import org.junit.jupiter.api.Test;

/** Creating, reading and replacing objects. */
interface WriteBehaviour {
  String NODES = "/api/v1/nodes";
  String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";

  TwinServer server();

  @Test
  default void aNewNodeIsCompletedAndNotYetSchedulable() {
    var name = server().newName("node");

    var node =
        server()
            .create(
                NODES,
                "{'metadata': {'name': '%s', 'uid': 'mine', 'labels': {'a': 'b'}},"
                    + " 'status': {'conditions': [{'type': 'Ready', 'status': 'True'}]}}",
                name);

    assertThat(node.path("kind").asString()).isEqualTo("Node");
    assertThat(node.path("apiVersion").asString()).isEqualTo("v1");
    assertThat(node.at("/metadata/uid").asString()).hasSize(36);
    assertThat(node.at("/metadata/creationTimestamp").asString()).matches("20.*T..:..:..Z");
    assertThat(version(node)).matches("[1-9][0-9]*");
    assertThat(node.at("/spec/taints").size()).isEqualTo(1);
    assertThat(node.at("/spec/taints/0/key").asString()).isEqualTo("node.kubernetes.io/not-ready");
    assertThat(node.at("/spec/taints/0/effect").asString()).isEqualTo("NoSchedule");
    assertThat(node.at("/spec/taints/0/timeAdded").isMissingNode()).isTrue();
    assertThat(node.at("/status/conditions/0/status").asString()).isEqualTo("True");
  }

  @Test
  default void aNewPodIsPendingWithDefaults() {
    var pod = server().get(server().pod(server().namespace(), "p", "n"));

    assertThat(pod.at("/status/phase").asString()).isEqualTo("Pending");
    assertThat(pod.at("/spec/terminationGracePeriodSeconds").asInt()).isEqualTo(30);
    assertThat(pod.at("/spec/restartPolicy").asString()).isEqualTo("Always");
    assertThat(pod.at("/spec/dnsPolicy").asString()).isEqualTo("ClusterFirst");
    assertThat(pod.at("/spec/schedulerName").asString()).isEqualTo("default-scheduler");
    assertThat(pod.at("/spec/tolerations").isMissingNode()).isTrue();
  }

  @Test
  default void generatesANameFromAPrefix() {
    var pods = "/api/v1/namespaces/" + server().namespace() + "/pods";

    var pod =
        server()
            .create(
                pods,
                "{'metadata': {'generateName': 'web-'},"
                    + " 'spec': {'containers': [{'name': 'c', 'image': 'i'}]}}");

    assertThat(pod.at("/metadata/name").asString()).matches("web-[a-z0-9]{5}");
  }

  @Test
  default void theFirstNamespacesAreThere() {
    assertThat(server().names("/api/v1/namespaces"))
        .contains("default", "kube-node-lease", "kube-public", "kube-system");
  }

  @Test
  default void refusesWhatIsThereAlready() {
    var node = server().get(server().node());

    var answer = server().post(NODES, "{'metadata': {'name': %s}}", node.at("/metadata/name"));

    assertRefused(answer, 409, "AlreadyExists");
    assertThat(answer.body().at("/details/kind").asString()).isEqualTo("nodes");
    assertThat(answer.body().path("status").asString()).isEqualTo("Failure");
    assertThat(answer.body().path("kind").asString()).isEqualTo("Status");
    assertThat(answer.body().path("code").asInt()).isEqualTo(409);
  }

  @Test
  default void refusesNamesThatAreNone() {
    assertRefused(server().post(NODES, "{'metadata': {}}"), 422, "Invalid");
    assertRefused(server().post(NODES, "{'metadata': {'name': 'Node_1'}}"), 422, "Invalid");
    var dotted = server().post("/api/v1/namespaces", "{'metadata': {'name': 'a.b'}}");
    assertRefused(dotted, 422, "Invalid");
    assertThat(dotted.body().at("/details/causes/0/field").asString()).isEqualTo("metadata.name");
  }

  @Test
  default void refusesWhatDoesNotFitTheRequest() {
    var pods = "/api/v1/namespaces/" + server().namespace() + "/pods";
    var spec = "'spec': {'containers': [{'name': 'c', 'image': 'i'}]}";

    assertRefused(
        server().post(pods, "{'metadata': {'name': 'p', 'namespace': 'other'}, " + spec + "}"),
        400,
        "BadRequest");
    assertRefused(
        server().post(NODES, "{'kind': 'Pod', 'apiVersion': 'v1', 'metadata': {'name': 'p'}}"),
        400,
        "BadRequest");
    assertRefused(
        server().post(NODES, "{'kind': 'Node', 'apiVersion': 'v2', 'metadata': {'name': 'p'}}"),
        400,
        "BadRequest");
    assertRefused(server().api().send("POST", NODES, "application/json", "{"), 400, "BadRequest");
    assertRefused(server().api().send("POST", NODES, "application/json", "[]"), 400, "BadRequest");
    assertRefused(
        server().api().send("POST", NODES, "text/plain", "{}"), 415, "UnsupportedMediaType");
    assertRefused(server().post(pods, "{'metadata': {'name': 'p'}}"), 422, "Invalid");
  }

  @Test
  default void refusesAPodInANamespaceThatIsNotThere() {
    var answer =
        server()
            .post(
                "/api/v1/namespaces/nowhere/pods",
                "{'metadata': {'name': 'p'},"
                    + " 'spec': {'containers': [{'name': 'c', 'image': 'i'}]}}");

    assertRefused(answer, 404, "NotFound");
    assertThat(answer.body().at("/details/kind").asString()).isEqualTo("namespaces");
  }

  @Test
  default void anEventLivesInTheNamespaceOfWhatItIsAbout() {
    var namespace = server().namespace();
    var body = "{'metadata': {'name': 'e'}, 'involvedObject': {'kind': 'Node', 'name': 'n'}}";

    assertRefused(
        server().post("/api/v1/namespaces/" + namespace + "/events", body), 422, "Invalid");
    var created = server().post("/api/v1/namespaces/default/events", body);
    assertThat(created.status()).isEqualTo(201);
    server().api().delete("/api/v1/namespaces/default/events/e").orThrow();
  }

  @Test
  default void saysWhatIsNotFound() {
    var pod = server().api().get("/api/v1/namespaces/default/pods/nobody");
    assertRefused(pod, 404, "NotFound");
    assertThat(pod.body().path("message").asString()).isEqualTo("pods \"nobody\" not found");
    assertThat(pod.body().at("/details/name").asString()).isEqualTo("nobody");

    var lease = server().api().get(LEASES + "/nobody");
    assertRefused(lease, 404, "NotFound");
    assertThat(lease.body().path("message").asString())
        .isEqualTo("leases.coordination.k8s.io \"nobody\" not found");

    assertRefused(server().api().get("/api/v1/gadgets"), 404, "NotFound");
    assertThat(server().names("/api/v1/namespaces/nowhere/pods")).isEmpty();
  }

  @Test
  default void refusesMethodsThatMakeNoSense() {
    assertRefused(server().put("/api/v1/namespaces/default/pods", "{}"), 405, "MethodNotAllowed");
    assertRefused(server().post(NODES + "/n", "{}"), 405, "MethodNotAllowed");
    assertRefused(server().api().delete("/api/v1/pods"), 405, "MethodNotAllowed");
  }

  @Test
  default void replacesOnlyTheVersionThatWasRead() {
    var path = server().node();
    var node = server().get(path);
    var name = node.at("/metadata/name").asString();
    server().merge(path, "{'metadata': {'labels': {'a': 'b'}}}").orThrow();

    var stale = server().api().put(path, node);
    var any = server().put(path, "{'metadata': {'name': '%s'}}", name);

    assertRefused(stale, 409, "Conflict");
    assertThat(any.status()).isEqualTo(200);
    assertThat(any.body().at("/spec/taints").isMissingNode()).isTrue();
    assertThat(any.body().at("/metadata/labels").isMissingNode()).isTrue();
    assertThat(any.body().at("/metadata/uid")).isEqualTo(node.at("/metadata/uid"));
    assertThat(any.body().at("/metadata/creationTimestamp"))
        .isEqualTo(node.at("/metadata/creationTimestamp"));
  }

  @Test
  default void refusesToReplaceAnother() {
    var path = server().node();
    var name = server().get(path).at("/metadata/name").asString();

    assertRefused(
        server().put(path, "{'metadata': {'name': '%s', 'uid': 'other'}}", name), 409, "Conflict");
    assertRefused(server().put(path, "{'metadata': {'name': 'other'}}"), 400, "BadRequest");
    assertRefused(server().put(path, "{'metadata': {}}"), 400, "BadRequest");
    assertRefused(
        server().put(NODES + "/nobody", "{'metadata': {'name': 'nobody'}}"), 404, "NotFound");
  }

  @Test
  default void aLeaseIsReplacedOnlyByVersionAndCreatedByPut() {
    var name = server().newName("lease");
    var lease =
        "{'metadata': {'name': '%s'}, 'spec': {'holderIdentity': 'h', 'leaseDurationSeconds': 40,"
            + " 'renewTime': '2026-01-02T03:04:05.678901Z'}}";

    var created = server().put(LEASES + "/" + name, lease, name);
    var blind = server().put(LEASES + "/" + name, lease, name);
    var renewed = server().api().put(LEASES + "/" + name, created.body());

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body().at("/spec/renewTime").asString())
        .isEqualTo("2026-01-02T03:04:05.678901Z");
    assertRefused(blind, 422, "Invalid");
    assertThat(renewed.status()).isEqualTo(200);
  }

  @Test
  default void aWriteThatChangesNothingMakesNoNewVersion() {
    var path = server().node();
    var before = server().merge(path, "{'metadata': {'labels': {'a': 'b'}}}").orThrow();

    var after = server().merge(path, "{'metadata': {'labels': {'a': 'b'}}}").orThrow();

    assertThat(version(after)).isEqualTo(version(before));
  }

  @Test
  default void versionsGrowOverAllTypes() {
    var node = version(server().get(server().node()));
    var namespace = server().namespace();
    var pod = version(server().get(server().pod(namespace, "p", "n")));

    assertThat(Long.parseLong(pod)).isGreaterThan(Long.parseLong(node));
    assertThat(Long.parseLong(server().version(NODES))).isGreaterThanOrEqualTo(Long.parseLong(pod));
  }

  @Test
  default void statusAndTheRestAreWrittenApart() {
    var path = server().node();

    var main =
        server()
            .merge(path, "{'spec': {'unschedulable': true}, 'status': {'phase': 'Running'}}")
            .orThrow();
    var status =
        server()
            .merge(
                path + "/status",
                "{'spec': {'unschedulable': null}, 'status': {'phase': 'Running'},"
                    + " 'metadata': {'labels': {'by': 'status'}}}")
            .orThrow();

    assertThat(main.at("/spec/unschedulable").asBoolean()).isTrue();
    assertThat(main.at("/status/phase").isMissingNode()).isTrue();
    assertThat(status.at("/spec/unschedulable").asBoolean()).isTrue();
    assertThat(status.at("/status/phase").asString()).isEqualTo("Running");
    assertThat(status.at("/metadata/labels/by").asString()).isEqualTo("status");
  }

  @Test
  default void thePlaceOfAPodIsFixed() {
    var path = server().pod(server().namespace(), "p", "first");

    assertRefused(server().merge(path, "{'spec': {'nodeName': 'second'}}"), 422, "Invalid");
    server()
        .merge(path, "{'spec': {'tolerations': [{'key': 'a', 'operator': 'Exists'}]}}")
        .orThrow();
    var status =
        server()
            .merge(
                path + "/status",
                "{'spec': {'nodeName': 'second'}, 'status': {'phase': 'Running'}}")
            .orThrow();
    assertThat(status.at("/spec/nodeName").asString()).isEqualTo("first");
    assertThat(status.at("/status/phase").asString()).isEqualTo("Running");
  }

  @Test
  default void aPodIsBoundOnce() {
    var pods = "/api/v1/namespaces/" + server().namespace() + "/pods";
    server()
        .create(
            pods,
            "{'metadata': {'name': 'p'}, 'spec': {'containers': [{'name': 'c', 'image': 'i'}]}}");
    var binding = "{'metadata': {'name': 'p'}, 'target': {'kind': 'Node', 'name': '%s'}}";

    var first = server().post(pods + "/p/binding", binding, "n1");
    var second = server().post(pods + "/p/binding", binding, "n2");

    assertThat(first.status()).isEqualTo(201);
    assertRefused(second, 409, "Conflict");
    assertThat(server().get(pods + "/p").at("/spec/nodeName").asString()).isEqualTo("n1");
  }

  @Test
  default void aDryRunChangesNothing() {
    var path = server().node();
    var before = server().version(path);

    var answer = server().merge(path + "?dryRun=All", "{'spec': {'unschedulable': true}}");

    assertThat(answer.orThrow().at("/spec/unschedulable").asBoolean()).isTrue();
    assertThat(server().version(path)).isEqualTo(before);
  }

  @Test
  default void refusesBodiesOverThreeMegabytes() {
    var padding = "x".repeat(3 * 1024 * 1024 + 1);
    var answer =
        server()
            .api()
            .send(
                "POST", NODES, "application/json", "{\"metadata\":{\"name\":\"" + padding + "\"}}");

    assertRefused(answer, 413, "RequestEntityTooLarge");
  }

  /** The answer is a Status with this code and reason. */
  static void assertRefused(ApiResponse answer, int status, String reason) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.body().path("reason").asString("")).isEqualTo(reason);
  }
}
