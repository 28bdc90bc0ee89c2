package io.nodelifecycle.kubernetes.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.ReadLease;
import io.nodelifecycle.core.Action.ReadLeases;
import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.kubernetes.http.ApiTransport;
import io.nodelifecycle.kubernetes.http.ScriptedServer;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The requests that live reads become, and the outcomes that answers become. */
@Timeout(60)
final class LiveReaderTest {
  private static final String NOT_FOUND =
      "{\"kind\": \"Status\", \"message\": \"not found\", \"reason\": \"NotFound\", \"code\": 404}";
  private static final String LEASES =
      "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
  private static final Read LEASE = new ReadLease("n-1");
  private static final Read ALL = new ReadLeases();
  private static final Read NODE = new ReadNode(new NodeKey("n-1", "uid-1"));

  private final SteppedTime time = new SteppedTime();
  private final ScriptedServer server = new ScriptedServer();
  private final ApiTransport transport = server.transport(time);
  private final LiveReader reader = new LiveReader(transport, time);

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  private static String lease(String name, String version) {
    return """
    {"kind": "Lease", "metadata": {"name": "%s", "uid": "u", "resourceVersion": "%s"},
     "spec": {"holderIdentity": "n", "renewTime": "2024-01-02T03:04:05.000000Z"}}
    """
        .formatted(name, version);
  }

  @Test
  void aLeaseIsReadWithoutAResourceVersion() throws InterruptedException {
    server.then(answer -> answer.complete(200, lease("n-1", "41")));
    assertThat(reader.read(LEASE)).isEqualTo(new ReadOutcome.Leases(Map.of("n-1", "41")));
    var request = server.request();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.path()).isEqualTo(LEASES + "/n-1");
  }

  @Test
  void allLeasesAreReadInOneRequest() throws InterruptedException {
    server.then(answer ->
        answer.complete(
            200,
            """
            {"kind": "LeaseList", "metadata": {"resourceVersion": "99"}, "items": [%s, %s]}
            """
                .formatted(lease("a", "41"), lease("b", "97"))));
    assertThat(reader.read(ALL)).isEqualTo(new ReadOutcome.Leases(Map.of("a", "41", "b", "97")));
    assertThat(server.request().path()).isEqualTo(LEASES);
  }

  @Test
  void aNodeIsReadAsItIs() throws InterruptedException {
    server.then(answer ->
        answer.complete(
            200,
            """
            {"kind": "Node", "apiVersion": "v1",
             "metadata": {"name": "n-1", "uid": "other", "resourceVersion": "7",
              "creationTimestamp": "2024-01-02T03:04:05Z"},
             "spec": {"taints": [{"key": "k", "effect": "NoExecute"}]},
             "status": {"conditions": [{"type": "Ready", "status": "Unknown"}]}}
            """));
    if (!(reader.read(NODE) instanceof ReadOutcome.Node(var node)) || node == null) {
      throw new AssertionError("no node came back");
    }
    assertThat(node.key()).isEqualTo(new NodeKey("n-1", "other"));
    assertThat(node.resourceVersion()).isEqualTo("7");
    assertThat(node.hasTaint("k", "NoExecute")).isTrue();
    assertThat(node.ready()).isEqualTo(ConditionStatus.UNKNOWN);
    assertThat(server.request().path()).isEqualTo("/api/v1/nodes/n-1");
  }

  @Test
  void whatDoesNotExistIsFoundNotToExist() {
    server.then(answer -> answer.complete(404, NOT_FOUND));
    assertThat(reader.read(LEASE)).isEqualTo(new ReadOutcome.Leases(Map.of()));
    server.then(answer -> answer.complete(404, NOT_FOUND));
    assertThat(reader.read(NODE)).isEqualTo(new ReadOutcome.Node(null));
  }

  /** A proxy that does not know where to send the request must not confirm a silence. */
  @Test
  void whatSomebodyElseDoesNotFindMayExist() {
    server.then(answer -> answer.complete(404, "<html>nothing here</html>"));
    assertThat(reader.read(LEASE)).isInstanceOf(ReadOutcome.Failed.class);
    server.then(answer -> answer.complete(404, ""));
    assertThat(reader.read(NODE)).isInstanceOf(ReadOutcome.Failed.class);
  }

  @Test
  void aListCannotBeMissing() {
    server.then(answer -> answer.complete(404, NOT_FOUND));
    assertThat(reader.read(ALL))
        .isEqualTo(new ReadOutcome.Failed("HTTP 404: not found", Duration.ZERO));
  }

  static Stream<Arguments> denied() {
    return Stream.of(
        Arguments.of(LEASE, "verbs get, list on resource leases in API group coordination.k8s.io"),
        Arguments.of(ALL, "verbs get, list on resource leases in API group coordination.k8s.io"),
        Arguments.of(NODE, "verb get on resource nodes"));
  }

  @ParameterizedTest
  @MethodSource("denied")
  void aDenialNamesTheRuleThatIsMissing(Read read, String rule) {
    server.then(answer -> answer.complete(403, "{\"message\": \"forbidden\"}"));
    assertThat(reader.read(read))
        .isInstanceOfSatisfying(
            ReadOutcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("HTTP 403: forbidden", rule));
  }

  @ParameterizedTest
  @CsvSource({"429, 3", "503, 17", "500, 0"})
  void aFailureCarriesWhatTheApiServerAskedFor(int code, long seconds) {
    var header = seconds == 0 ? "X: y" : "Retry-After: " + seconds;
    server.then(answer -> answer.complete(code, "{\"message\": \"busy\"}", header));
    assertThat(reader.read(ALL))
        .isEqualTo(new ReadOutcome.Failed("HTTP " + code + ": busy", Duration.ofSeconds(seconds)));
  }

  static Stream<Arguments> unusable() {
    var none = "{\"kind\": \"LeaseList\", \"metadata\": {}, ";
    return Stream.of(
        Arguments.of(LEASE, ""),
        Arguments.of(LEASE, "null"),
        Arguments.of(LEASE, "{}"),
        Arguments.of(LEASE, lease("another", "1")),
        Arguments.of(LEASE, "{\"metadata\": {\"name\": \"n-1\", \"uid\": \"u\"}}"),
        Arguments.of(LEASE, "<html>"),
        Arguments.of(ALL, ""),
        Arguments.of(ALL, "{\"kind\": \"LeaseList\"}"),
        Arguments.of(ALL, "{\"kind\": \"Lease\", \"items\": []}"),
        Arguments.of(ALL, none + "\"items\": [{\"metadata\": {\"name\": \"a\"}}]}"),
        Arguments.of(ALL, "{\"kind\": \"LeaseList\", \"items\": [" + lease("a", "1")),
        Arguments.of(
            ALL, "{\"kind\": \"LeaseList\", \"metadata\": {\"continue\": \"x\"}, \"items\": []}"),
        Arguments.of(NODE, "{}"),
        Arguments.of(NODE, "{\"kind\": \"Status\", \"metadata\": {\"name\": \"n-1\"}}"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void whatIsNotWhatWasAskedForIsAFailure(Read read, String body) {
    server.then(answer -> answer.complete(200, body));
    assertThat(reader.read(read)).isInstanceOf(ReadOutcome.Failed.class);
  }

  @Test
  void anEmptyListIsAList() {
    server.then(answer ->
        answer.complete(200, "{\"kind\": \"LeaseList\", \"metadata\": {}, \"items\": []}"));
    assertThat(reader.read(ALL)).isEqualTo(new ReadOutcome.Leases(Map.of()));
  }

  @Test
  void aServerThatIsNotThereIsAFailure() {
    server.close();
    assertThat(reader.read(NODE))
        .isInstanceOfSatisfying(
            ReadOutcome.Failed.class, failed -> assertThat(failed.reason()).isNotBlank());
  }
}
