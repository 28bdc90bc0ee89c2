package io.nodelifecycle.kubernetes.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.EventSource;
import io.nodelifecycle.core.Action.EventSubject.OfNode;
import io.nodelifecycle.core.Action.EventSubject.OfPod;
import io.nodelifecycle.core.Action.MarkDisruptionTarget;
import io.nodelifecycle.core.Action.MarkPodNotReady;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.SendEvent;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.Outcome.Conflict;
import io.nodelifecycle.core.Observation.Outcome.Failed;
import io.nodelifecycle.core.Observation.Outcome.NotFound;
import io.nodelifecycle.core.Observation.Outcome.Succeeded;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.kubernetes.http.ApiTransport;
import io.nodelifecycle.kubernetes.http.ScriptedServer;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.runtime.Leadership;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests that writes become, and the outcomes that answers become. */
final class KubernetesWriterTest {
  private static final NodeKey NODE = new NodeKey("node-1", "node-uid");
  private static final PodKey POD = new PodKey("shop", "cart-0", "pod-uid");
  private static final String NODE_PATH = "/api/v1/nodes/node-1";
  private static final String POD_PATH = "/api/v1/namespaces/shop/pods/cart-0";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";
  private static final String MERGE = "application/merge-patch+json";
  private static final Instant EARLIER = Instant.parse("2024-01-02T03:04:05Z");
  private static final Write DELETE = new DeletePod(POD, "node-1", true, 0);

  /** Kept, so that the server stays silent. */
  private static final Logger SERVER_LOG =
      Logger.getLogger("io.fabric8.mockwebserver.MockWebServer");

  private final SteppedTime time = new SteppedTime();
  private final KubernetesMockServer server = new KubernetesMockServer(false);
  private final ScriptedServer scripted = new ScriptedServer();

  @BeforeEach
  void start() {
    SERVER_LOG.setLevel(Level.OFF);
    server.init();
  }

  @AfterEach
  void stop() {
    scripted.close();
    server.destroy();
  }

  static Stream<Arguments> nodeWrites() {
    var foreign = new Taint("foreign", "v", "PreferNoSchedule", EARLIER);
    var unreachable = Taint.unstamped("node.kubernetes.io/unreachable", "NoExecute");
    return Stream.of(
        Arguments.argumentSet(
            "a silent node",
            new PatchNodeStatus(
                NODE,
                "41",
                List.of(
                    new UnknownCondition("Ready", null),
                    new UnknownCondition("DiskPressure", EARLIER)),
                0),
            "PATCH",
            NODE_PATH + "/status",
            STRATEGIC,
            """
            {"metadata":{"uid":"node-uid","resourceVersion":"41"},"status":{"conditions":[\
            {"type":"Ready","status":"Unknown","reason":"NodeStatusUnknown",\
            "message":"Kubelet stopped posting node status.",\
            "lastTransitionTime":"2024-05-06T07:08:09Z"},\
            {"type":"DiskPressure","status":"Unknown","reason":"NodeStatusNeverUpdated",\
            "message":"Kubelet never posted node status.",\
            "lastHeartbeatTime":"2024-01-02T03:04:05Z",\
            "lastTransitionTime":"2024-05-06T07:08:09Z"}]}}\
            """),
        Arguments.argumentSet(
            "taints, of which one is new",
            new PatchNodeTaints(
                NODE,
                "42",
                List.of(foreign, unreachable),
                List.of(unreachable),
                List.of(Taint.unstamped("gone", "NoSchedule")),
                0),
            "PATCH",
            NODE_PATH,
            MERGE,
            """
            {"metadata":{"uid":"node-uid","resourceVersion":"42"},"spec":{"taints":[\
            {"key":"foreign","value":"v","effect":"PreferNoSchedule",\
            "timeAdded":"2024-01-02T03:04:05Z"},\
            {"key":"node.kubernetes.io/unreachable","effect":"NoExecute",\
            "timeAdded":"2024-05-06T07:08:09Z"}]}}\
            """),
        Arguments.argumentSet(
            "no taints",
            new PatchNodeTaints(NODE, "43", List.of(), List.of(), List.of(foreign), 0),
            "PATCH",
            NODE_PATH,
            MERGE,
            """
            {"metadata":{"uid":"node-uid","resourceVersion":"43"},"spec":{"taints":[]}}\
            """),
        Arguments.argumentSet(
            "labels",
            new PatchNodeLabels(NODE, Map.of("beta.kubernetes.io/os", "linux"), 0),
            "PATCH",
            NODE_PATH,
            MERGE,
            """
            {"metadata":{"uid":"node-uid","labels":{"beta.kubernetes.io/os":"linux"}}}\
            """));
  }

  static Stream<Arguments> podWrites() {
    return Stream.of(
        Arguments.argumentSet(
            "a pod that is not ready",
            new MarkPodNotReady(POD, "44", 0),
            "PATCH",
            POD_PATH + "/status",
            STRATEGIC,
            """
            {"metadata":{"uid":"pod-uid","resourceVersion":"44"},"status":{"conditions":[\
            {"type":"Ready","status":"False","lastTransitionTime":"2024-05-06T07:08:09Z"}]}}\
            """),
        Arguments.argumentSet(
            "a pod that will be deleted",
            new MarkDisruptionTarget(POD, "45", "a", 0),
            "PATCH",
            POD_PATH + "/status",
            STRATEGIC,
            """
            {"metadata":{"uid":"pod-uid","resourceVersion":"45"},"status":{"conditions":[\
            {"type":"DisruptionTarget","status":"True","reason":"DeletionByTaintManager",\
            "message":"Taint manager: deleting due to NoExecute taint",\
            "lastTransitionTime":"2024-05-06T07:08:09Z"}]}}\
            """),
        Arguments.argumentSet(
            "a deletion",
            DELETE,
            "DELETE",
            POD_PATH,
            "application/json",
            """
            {"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"pod-uid"}}\
            """));
  }

  @ParameterizedTest
  @MethodSource({"nodeWrites", "podWrites"})
  void everyWriteIsOneRequest(
      Write write, String method, String path, String contentType, String body)
      throws InterruptedException {
    answer(method, path, 200, "{}");

    assertThat(write(write)).isEqualTo(new Succeeded(null, null, SteppedTime.WALL));

    var request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo(method);
    assertThat(request.getHeader("Content-Type")).startsWith(contentType);
    assertThat(request.getBody().readUtf8()).isEqualTo(body);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "404, Not found, -",
        "410, Gone, -",
        "409, Conflict, -",
        "422, Pod is invalid: metadata.uid: Invalid value: x: field is immutable, -",
        "422, Pod is invalid: spec.x, HTTP 422: Pod is invalid: spec.x",
        "429, later, HTTP 429: later",
        "500, broken, HTTP 500: broken",
        "503, busy, HTTP 503: busy",
        "400, bad, HTTP 400: bad",
        "401, who are you, HTTP 401: who are you",
      })
  void everyAnswerIsAnOutcome(int code, String message, String reason) throws InterruptedException {
    var status = "{\"kind\":\"Status\",\"code\":%d,\"message\":\"%s\"}".formatted(code, message);
    answer("DELETE", POD_PATH, code, status);

    var outcome = write(DELETE);

    if (reason != null) {
      assertThat(outcome).isEqualTo(new Failed(reason, Duration.ZERO));
    } else if (code == 404 || code == 410) {
      assertThat(outcome).isEqualTo(new NotFound());
    } else {
      assertThat(outcome).isEqualTo(new Conflict());
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  /** Of a proxy, for instance, that does not know where to send it. */
  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void thatAPodIsGoneIsBelievedTheApiServerOnly(int code) {
    answer("DELETE", POD_PATH, code, "404 page not found");
    assertThat(write(DELETE))
        .isEqualTo(
            new Failed(
                "HTTP " + code + ": 404 page not found (not an answer of the API server)",
                Duration.ZERO));
  }

  @Test
  void aDenialSaysWhichPermissionIsMissing() {
    answer("DELETE", POD_PATH, 403, "{\"kind\":\"Status\",\"message\":\"no\"}");

    assertThat(write(DELETE))
        .isEqualTo(
            new Failed(
                "HTTP 403: no (if RBAC denies it: the ServiceAccount needs verb delete on"
                    + " resource pods)",
                Duration.ZERO));
  }

  @ParameterizedTest
  @CsvSource({
    "17, PT17S",
    "'Mon, 06 May 2024 07:08:39 GMT', PT29.876543211S",
    "'Mon, 06 May 2024 07:08:00 GMT', PT0S",
    "300, PT5M",
    "301, PT5M",
    "99999999999999999999, PT0S",
    "-1, PT0S",
    "soon, PT0S",
  })
  void retryAfterIsReadAsSecondsOrADate(String header, Duration retryAfter) {
    scripted.then(answer -> answer.complete(429, "{}", "Retry-After: " + header));

    assertThat(scriptedOutcome(DELETE)).isEqualTo(new Failed("HTTP 429: {}", retryAfter));
  }

  @Test
  void thePodOrNodeOfAnAnswerComesBackAndAStatusDoesNot() {
    var pod =
        """
        {"kind": "Pod", "metadata": {"name": "cart-0", "namespace": "shop", "uid": "pod-uid",
         "resourceVersion": "50", "deletionTimestamp": "2024-05-06T07:08:09Z"},
         "spec": {"nodeName": "node-1"}}
        """;
    var node = pod.replace("\"Pod\"", "\"Node\"").replace("pod-uid", "node-uid");
    answer("DELETE", POD_PATH, 200, pod);
    answer("PATCH", NODE_PATH, 200, node);
    var labels = new PatchNodeLabels(NODE, Map.of("a", "b"), 0);
    var named = new NodeKey("cart-0", "node-uid");

    var deleted = success(write(DELETE));
    assertThat(deleted.node()).isNull();
    assertThat(deleted.pod())
        .isEqualTo(
            new PodSnapshot(
                POD,
                "50",
                "node-1",
                List.of(),
                ConditionStatus.ABSENT,
                true,
                false,
                null,
                false,
                false,
                Map.of()));
    var labelled = success(write(labels));
    assertThat(labelled.pod()).isNull();
    assertThat(labelled.node()).extracting(NodeSnapshot::key).isEqualTo(named);
    answer("DELETE", "/api/v1/namespaces/shop/pods/done", 200, "{\"kind\":\"Status\"}");
    var done = new DeletePod(new PodKey("shop", "done", "uid"), "node-1", true, 0);
    assertThat(write(done)).isEqualTo(new Succeeded(null, null, SteppedTime.WALL));
  }

  @Test
  void aConnectionThatBreaksIsAFailure() {
    scripted
        .then(answer -> answer.begin().chunk("{\"kind\":"))
        .then(_ -> {})
        .then(answer -> answer.complete(200, "{\"kind\":"));

    for (int i = 0; i < 3; i++) {
      assertThat(scriptedOutcome(DELETE)).isInstanceOf(Failed.class);
    }
  }

  @Test
  void anAddressWhereNobodyListensIsAFailureThatSaysSo() throws IOException {
    String address;
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "http://127.0.0.1:" + listener.getLocalPort();
    }
    try (var transport = ScriptedServer.transport(address, time)) {
      assertThat(new KubernetesWriter(transport, time, Leadership.ALONE, true).write(DELETE))
          .isEqualTo(
              new Failed("nothing listens at " + address + " (connection refused)", Duration.ZERO));
    }
  }

  @Test
  void anEventIsCreatedInTheNamespaceOfItsObject() throws InterruptedException {
    var event =
        new SendEvent(
            new OfPod(POD),
            true,
            "NodeNotReady",
            "Node is not \"ready\"",
            EventSource.TAINT_EVICTION);
    answer("POST", "/api/v1/namespaces/shop/events", 201, "{}");

    var outcome = post(new EventPost(event, "cart-0.1", 1, EARLIER, EARLIER, false));

    assertThat(outcome).isInstanceOf(Succeeded.class);
    assertThat(server.takeRequest().getBody().readUtf8())
        .isEqualTo(
            """
            {"kind":"Event","apiVersion":"v1","metadata":{"name":"cart-0.1","namespace":"shop"},\
            "involvedObject":{"kind":"Pod","namespace":"shop","name":"cart-0","uid":"pod-uid",\
            "apiVersion":"v1"},"reason":"NodeNotReady","message":"Node is not \\"ready\\"",\
            "source":{"component":"taint-eviction-controller"},"type":"Warning",\
            "reportingComponent":"","reportingInstance":"",\
            "firstTimestamp":"2024-01-02T03:04:05Z","lastTimestamp":"2024-01-02T03:04:05Z",\
            "count":1}\
            """);
  }

  @Test
  void aRepeatedEventIsPatchedAndCreatedIfItIsNotThere() throws InterruptedException {
    var event =
        new SendEvent(new OfNode(NODE), false, "RemovingNode", "gone", EventSource.NODE_CONTROLLER);
    var events = "/api/v1/namespaces/default/events";
    answer("PATCH", events + "/node-1.1", 404, "{\"kind\":\"Status\",\"code\":404}");
    answer("POST", events, 201, "{}");
    var post = new EventPost(event, "node-1.1", 3, EARLIER, EARLIER.plusSeconds(9), true);

    assertThat(post(post)).isInstanceOf(Succeeded.class);

    assertThat(server.takeRequest().getBody().readUtf8())
        .isEqualTo("{\"message\":\"gone\",\"lastTimestamp\":\"2024-01-02T03:04:14Z\",\"count\":3}");
    assertThat(server.takeRequest().getBody().readUtf8()).contains("\"count\":3");
  }

  private void answer(String method, String path, int code, String body) {
    var expectation =
        switch (method) {
          case "PATCH" -> server.expect().patch();
          case "DELETE" -> server.expect().delete();
          case "POST" -> server.expect().post();
          default -> throw new IllegalArgumentException(method);
        };
    expectation.withPath(path).andReturn(code, body).once();
  }

  private static Succeeded success(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Succeeded.class);
    return (Succeeded) outcome;
  }

  private Outcome write(Write write) {
    try (var transport = transport()) {
      return new KubernetesWriter(transport, time, Leadership.ALONE, true).write(write);
    }
  }

  private Outcome post(EventPost event) {
    try (var transport = transport()) {
      return new KubernetesWriter(transport, time, Leadership.ALONE, true).post(event);
    }
  }

  private ApiTransport transport() {
    var address = "http://" + server.getHostName() + ":" + server.getPort();
    return ScriptedServer.transport(address, time);
  }

  private Outcome scriptedOutcome(Write write) {
    try (var transport = scripted.transport(time)) {
      return new KubernetesWriter(transport, time, Leadership.ALONE, true).write(write);
    }
  }
}
