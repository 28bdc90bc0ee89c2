package io.nodelifecycle.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.nodelifecycle.core.Observation.DaemonSetGone;
import io.nodelifecycle.core.Observation.DaemonSetSeen;
import io.nodelifecycle.core.Observation.LeaseGone;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.NodeGone;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.PodGone;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.DaemonSetSnapshot;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSelector;
import io.nodelifecycle.core.model.PodSelector.Operator;
import io.nodelifecycle.core.model.PodSelector.Requirement;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.core.model.Toleration;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MapperTest {
  private static final Instant WALL = Instant.parse("2024-05-06T07:08:09.5Z");
  private static final Instant CREATED = Instant.parse("2024-01-02T03:04:05Z");
  private static final String META =
      "\"metadata\":{\"name\":\"n\",\"namespace\":\"ns\",\"uid\":\"u\",\"resourceVersion\":\"7\","
          + "\"creationTimestamp\":\"2024-01-02T03:04:05Z\"}";

  private final SharedValues values = new SharedValues(true);

  @Test
  void whatIsSkippedMayBeAsLongAndAsDeepAsAnApiServerStoresIt() {
    var name = "f:" + "n".repeat(1 << 20);
    var depth = 5_000;
    var node =
        node(
            "{\"kind\":\"Node\",\"status\":{\"%s\":%s},".formatted(name, "\"v\"")
                + "\"managed\":%s{}%s,".formatted("{\"f\":".repeat(depth), "}".repeat(depth))
                + META
                + "}");
    assertThat(node.resourceVersion()).isEqualTo("7");
  }

  @Test
  void readsWhatRulesReadOfANode() {
    var node =
        node(
            """
            {"kind": "Node", "apiVersion": "v1", "unknown": [1, {"a": []}],
             "metadata": {"name": "node-1", "uid": "uid-1", "resourceVersion": "12345",
               "creationTimestamp": "2024-01-02T03:04:05Z",
               "labels": {"topology.kubernetes.io/zone": "z-1", "kubernetes.io/os": "linux",
                          "app": "foreign", "kubernetes.io/hostname": "node-1"},
               "annotations": {"a": "b"},
               "managedFields": [{"fieldsV1": {"f:metadata": {"f:labels": {".": {}}}}}]},
             "spec": {"podCIDR": "10.0.0.0/24", "unschedulable": true, "taints": [
               {"key": "a", "value": "v", "effect": "NoExecute",
                "timeAdded": "2024-02-03T04:05:06Z"},
               {"key": "b", "effect": "FromTheFuture"}]},
             "status": {"capacity": {"cpu": "4"}, "conditions": [
               {"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "m",
                "lastHeartbeatTime": "2024-03-04T05:06:07Z",
                "lastTransitionTime": "2024-03-04T05:06:08Z"},
               {"type": "Foreign", "status": "True"},
               {"type": "DiskPressure", "status": "False"}],
               "images": [{"names": ["x"], "sizeBytes": 1}]}}
            """);

    assertThat(node)
        .isEqualTo(
            new NodeSnapshot(
                "node-1",
                "uid-1",
                "12345",
                CREATED,
                Map.of("topology.kubernetes.io/zone", "z-1", "kubernetes.io/os", "linux"),
                List.of(
                    new Taint("a", "v", "NoExecute", Instant.parse("2024-02-03T04:05:06Z")),
                    new Taint("b", "", "FromTheFuture", null)),
                true,
                List.of(
                    new NodeCondition(
                        "Ready",
                        ConditionStatus.TRUE,
                        Instant.parse("2024-03-04T05:06:07Z"),
                        Instant.parse("2024-03-04T05:06:08Z")),
                    new NodeCondition("DiskPressure", ConditionStatus.FALSE, null, null))));
  }

  @Test
  void readsWhatRulesReadOfAPod() {
    var pod =
        pod(
            """
            {"metadata": {"name": "p", "namespace": "ns", "uid": "u", "resourceVersion": "7",
               "creationTimestamp": "2024-01-02T03:04:05Z",
               "deletionTimestamp": "2024-01-02T03:04:06Z",
               "annotations": {"kubernetes.io/config.mirror": "", "x": "y"}},
             "spec": {"containers": [{"name": "c", "ports": [{"containerPort": 80}]}],
               "nodeName": "node-1", "tolerations": [
               {"key": "k", "operator": "Equal", "value": "v", "effect": "NoExecute",
                "tolerationSeconds": 300},
               {"operator": "Exists"}]},
             "status": {"phase": "Running", "conditions": [
               {"type": "PodScheduled", "status": "True",
                "lastTransitionTime": "2024-02-03T04:05:06Z"},
               {"type": "Ready", "status": "False"},
               {"type": "ContainersReady", "status": "True"}]}}
            """);

    assertThat(pod)
        .isEqualTo(
            new PodSnapshot(
                new PodKey("ns", "p", "u"),
                "7",
                "node-1",
                List.of(
                    new Toleration("k", "Equal", "v", "NoExecute", 300L),
                    new Toleration("", "Exists", "", "", null)),
                ConditionStatus.FALSE,
                true,
                true,
                Instant.parse("2024-02-03T04:05:06Z"),
                false,
                false,
                Map.of()));
  }

  static Stream<Arguments> oddNodes() {
    return Stream.of(
        argumentSet("nothing else", ""),
        argumentSet("nulls", ",\"spec\":null,\"status\":null"),
        argumentSet("null lists", ",\"spec\":{\"taints\":null},\"status\":{\"conditions\":null}"),
        argumentSet(
            "null elements", ",\"spec\":{\"taints\":[null]},\"status\":{\"conditions\":[null]}"),
        argumentSet("other types", ",\"spec\":[1],\"status\":\"Failure\""),
        argumentSet(
            "other types within",
            ",\"spec\":{\"taints\":{\"key\":\"a\"},\"unschedulable\":\"true\"},"
                + "\"status\":{\"conditions\":[[],1,\"Ready\",{\"type\":5}]}"),
        argumentSet("a taint without a key", ",\"spec\":{\"taints\":[{\"effect\":\"NoExecute\"}]}"),
        argumentSet("a condition without a type", ",\"status\":{\"conditions\":[{}]}"));
  }

  @ParameterizedTest
  @MethodSource("oddNodes")
  void oddNodesHaveNothing(String rest) {
    assertThat(node("{" + META + rest + "}"))
        .isEqualTo(new NodeSnapshot("n", "u", "7", CREATED, Map.of(), List.of(), false, List.of()));
  }

  static Stream<Arguments> oddPods() {
    return Stream.of(
        argumentSet("null tolerations", ",\"spec\":{\"nodeName\":\"x\",\"tolerations\":null}"),
        argumentSet(
            "elements that are none",
            ",\"spec\":{\"nodeName\":\"x\",\"tolerations\":[null,[],\"a\",1]}"),
        argumentSet("no list", ",\"spec\":{\"nodeName\":\"x\",\"tolerations\":{\"key\":\"a\"}}"),
        argumentSet(
            "odd conditions",
            ",\"spec\":{\"nodeName\":\"x\"},\"status\":{\"conditions\":[null,{\"status\":1}]}"));
  }

  @ParameterizedTest
  @MethodSource("oddPods")
  void oddPodsTolerateNothing(String rest) {
    assertThat(pod("{" + META + rest + "}"))
        .isEqualTo(
            new PodSnapshot(
                new PodKey("ns", "n", "u"),
                "7",
                "x",
                List.of(),
                ConditionStatus.ABSENT,
                false,
                false,
                CREATED,
                false,
                false,
                Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "300, 300",
    "0, 0",
    "-1, -1",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, 9223372036854775807",
    "-9223372036854775809, -9223372036854775808",
    "null,",
    "'\"300\"',",
  })
  void tolerationSecondsFitInto64Bits(String json, Long seconds) {
    var pod =
        pod(
            "{%s,\"spec\":{\"nodeName\":\"x\",\"tolerations\":[{\"tolerationSeconds\":%s}]}}"
                .formatted(META, json));

    assertThat(pod.tolerations()).containsExactly(new Toleration("", "", "", "", seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-03-04T05:06:07Z, 2024-03-04T05:06:07Z",
    "2024-03-04T05:06:07.123456Z, 2024-03-04T05:06:07.123456Z",
    "2024-03-04T06:06:07+01:00, 2024-03-04T05:06:07Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z,",
    "0001-01-01T00:00:00Z,",
    "0000-00-00T00:00:00Z,",
    "2199-12-31T23:59:59Z, 2199-12-31T23:59:59Z",
    "2200-01-01T00:00:00Z, 2200-01-01T00:00:00Z",
    "2200-01-01T00:00:01Z, 2200-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z, 2200-01-01T00:00:00Z",
    "+999999999-12-31T23:59:59Z, 2200-01-01T00:00:00Z",
    "2024-13-04T05:06:07Z,",
    "2024-02-30T05:06:07Z,",
    "2024-0x-04T05:06:07Z,",
    "yesterday,",
    "'',",
  })
  void absurdTimesAreAbsentOrClamped(String text, Instant time) {
    var node =
        node(
            "{%s,\"status\":{\"conditions\":[{\"type\":\"Ready\",\"lastHeartbeatTime\":\"%s\"}]}}"
                .formatted(META, text));

    assertThat(node.conditions())
        .containsExactly(new NodeCondition("Ready", ConditionStatus.UNKNOWN, time, null));
  }

  @Test
  void timesOfTaintsAreKeptAsTheyAreForTheyAreWrittenBack() {
    var node =
        node(
            "{%s,\"spec\":{\"taints\":[{\"key\":\"a\",\"timeAdded\":\"9999-12-31T23:59:59Z\"}]}}"
                .formatted(META));

    assertThat(node.taints().getFirst().timeAdded())
        .isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"garbage\"", "\"0001-01-01T00:00:00Z\"", "17"})
  void aNodeWithoutATimeOfCreationCountsAsNew(String created) {
    var json = META.replace("\"2024-01-02T03:04:05Z\"", created);

    assertThat(node("{" + json + "}").creationTimestamp()).isEqualTo(WALL);
  }

  @Test
  void ofConditionsThatAreThereTwiceTheFirstCounts() {
    var conditions =
        "\"status\":{\"conditions\":["
            + "{\"type\":\"Ready\",\"status\":\"False\"},"
            + "{\"type\":\"Ready\",\"status\":\"True\"}]}";

    assertThat(node("{" + META + "," + conditions + "}").conditions())
        .containsExactly(new NodeCondition("Ready", ConditionStatus.FALSE, null, null));
    assertThat(pod("{" + META + ",\"spec\":{\"nodeName\":\"x\"}," + conditions + "}").ready())
        .isEqualTo(ConditionStatus.FALSE);
  }

  static Stream<Arguments> owners() {
    return Stream.of(
        argumentSet("none", "[]", false),
        argumentSet("a DaemonSet", "[{\"kind\":\"DaemonSet\",\"controller\":true}]", true),
        argumentSet("one that does not control it", "[{\"kind\":\"DaemonSet\"}]", false),
        argumentSet("another kind", "[{\"kind\":\"ReplicaSet\",\"controller\":true}]", false),
        argumentSet(
            "two",
            "[{\"kind\":\"X\",\"controller\":true},"
                + "{\"controller\":true,\"kind\":\"DaemonSet\"}]",
            true),
        argumentSet("odd ones", "[null,1,{\"kind\":[],\"controller\":\"true\"}]", false));
  }

  @ParameterizedTest
  @MethodSource("owners")
  void tellsPodsOfDaemonSets(String owners, boolean isOfDaemonSet) {
    var meta = META.replace("{\"name\"", "{\"ownerReferences\":" + owners + ",\"name\"");
    var pod = pod("{" + meta + ",\"spec\":{\"nodeName\":\"x\"}}");
    assertThat(pod.isOfDaemonSet()).isEqualTo(isOfDaemonSet);
  }

  @ParameterizedTest
  @CsvSource({"NodeLost, true", "nodelost, false", "Evicted, false", "'', false"})
  void tellsPodsWhoseNodeIsLost(String reason, boolean isLost) {
    var pod =
        pod(
            "{%s,\"spec\":{\"nodeName\":\"x\"},\"status\":{\"reason\":\"%s\"}}"
                .formatted(META, reason));
    assertThat(pod.isNodeLost()).isEqualTo(isLost);
  }

  @Test
  void keepsLabelsOfPodsOnlyWhereTheyAreNeeded() {
    var meta = META.replace("{\"name\"", "{\"labels\":{\"app\":\"a\"},\"name\"");
    var json = "{" + meta + ",\"spec\":{\"nodeName\":\"x\"}}";
    assertThat(pod(json).labels()).isEqualTo(Map.of("app", "a"));
    var cursor = cursor(json);
    var mapper = ResourceMapper.of(Resource.PODS, cursor, new SharedValues(false));
    cursor.nextDocument();
    mapper.read();
    assertThat(mapper.seen(false, WALL))
        .hasValueSatisfying(seen -> assertThat(((PodSeen) seen).pod().labels()).isEmpty());
  }

  @Test
  void readsWhichPodsADaemonSetSelects() {
    var mapper =
        read(
            Resource.DAEMON_SETS,
            "{"
                + META
                + """
                ,"spec":{"template":{"metadata":{"labels":{"app":"no"}}},"selector":{
                  "matchLabels":{"app":"a"},
                  "matchExpressions":[{"key":"tier","operator":"NotIn","values":["x","y"]},
                    {"key":"old","operator":"DoesNotExist"}, 1]}}}\
                """);
    assertThat(mapper.problem()).isEmpty();
    assertThat(mapper.seen(true, WALL))
        .contains(
            new DaemonSetSeen(
                new DaemonSetSnapshot(
                    "ns",
                    "n",
                    "u",
                    new PodSelector(
                        List.of(
                            new Requirement("app", Operator.IN, Set.of("a")),
                            new Requirement("tier", Operator.NOT_IN, Set.of("x", "y")),
                            new Requirement("old", Operator.DOES_NOT_EXIST, Set.of()),
                            new Requirement("", Operator.UNKNOWN, Set.of()))))));
    assertThat(mapper.gone()).contains(new DaemonSetGone("u"));
  }

  @Test
  void aPodThatIsNotBoundIsOfNoInterest() {
    var mapper = read(Resource.PODS, "{" + META + ",\"spec\":{\"nodeName\":\"\"}}");

    assertThat(mapper.problem()).isEmpty();
    assertThat(mapper.seen(false, WALL)).isEmpty();
    assertThat(mapper.gone()).isEmpty();
  }

  @Test
  void whatIsGoneIsNamed() {
    var bound = "{" + META + ",\"spec\":{\"nodeName\":\"x\"}}";

    assertThat(read(Resource.NODES, bound).gone()).contains(new NodeGone("n", "u"));
    assertThat(read(Resource.PODS, bound).gone()).contains(new PodGone(new PodKey("ns", "n", "u")));
    assertThat(read(Resource.LEASES, bound).gone()).contains(new LeaseGone("n"));
    assertThat(read(Resource.LEASES, bound).seen(false, WALL)).contains(new LeaseSeen("n", "7"));
  }

  @ParameterizedTest
  @CsvSource({
    "name, it has no metadata.name",
    "uid, it has no metadata.uid",
    "resourceVersion, it has no metadata.resourceVersion",
  })
  void whatCannotBeNamedIsAProblem(String field, String problem) {
    for (var resource : Resource.values()) {
      var renamed = META.replace("\"" + field + "\"", "\"other\"");
      assertThat(read(resource, "{" + renamed + "}").problem()).contains(problem);
    }
  }

  @Test
  void onlyWhatLivesInANamespaceNeedsOne() {
    var without = "{" + META.replace("\"namespace\"", "\"other\"") + "}";

    assertThat(read(Resource.DAEMON_SETS, without).problem())
        .contains("it has no metadata.namespace");
    assertThat(read(Resource.PODS, without).problem()).contains("it has no metadata.namespace");
    assertThat(read(Resource.NODES, without).problem()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Resource.class)
  void nothingOfAnObjectIsLeftForTheNext(Resource resource) {
    var json =
        cursor(
            "{%s,\"spec\":{\"nodeName\":\"x\"},\"code\":410,\"message\":\"m\"} {} null [] 1"
                .formatted(META));
    var mapper = ResourceMapper.of(resource, json, values);
    json.nextDocument();
    mapper.read();
    assertThat(mapper.problem()).isEmpty();
    assertThat(mapper.status()).isEqualTo(new ApiStatus(410, "", "m"));

    for (int i = 0; i < 4; i++) {
      assertThat(json.nextDocument()).isTrue();
      mapper.read();
      assertThat(mapper.problem()).contains("it has no metadata.name");
      assertThat(mapper.status()).isEqualTo(new ApiStatus(0, "", ""));
    }
    assertThat(json.nextDocument()).isFalse();
  }

  @Test
  void whatRepeatsIsKeptOnce() {
    var json =
        "{%s,\"spec\":{\"nodeName\":\"a-node\",\"tolerations\":[{\"key\":\"a-key\"}]}}"
            .formatted(META.replace("\"ns\"", "\"a-namespace\""));
    var one = pod(json);
    var two = pod(json);

    assertThat(one).isEqualTo(two).isNotSameAs(two);
    assertThat(one.nodeName()).isSameAs(two.nodeName());
    assertThat(one.key().namespace()).isSameAs(two.key().namespace());
    assertThat(one.tolerations()).isSameAs(two.tolerations());
  }

  @ParameterizedTest
  @CsvSource({"1, true", "3, true", "4, true", "8, false"})
  void whatWasNotMetForLongIsNotKept(int others, boolean isKept) {
    var interner = new Interner<String>(4, _ -> 1);
    var first = interner.intern("the one".concat(""));
    for (int i = 0; i < others; i++) {
      interner.intern("other " + i);
    }

    var again = new String("the one".toCharArray());
    if (isKept) {
      assertThat(interner.intern(again)).isSameAs(first);
    } else {
      assertThat(interner.intern(again)).isSameAs(again);
    }
  }

  private NodeSnapshot node(String json) {
    var seen = read(Resource.NODES, json).seen(true, WALL).orElseThrow();
    assertThat(seen).isInstanceOf(NodeSeen.class);
    return ((NodeSeen) seen).node();
  }

  private PodSnapshot pod(String json) {
    var seen = read(Resource.PODS, json).seen(true, WALL).orElseThrow();
    assertThat(seen).isInstanceOf(PodSeen.class);
    return ((PodSeen) seen).pod();
  }

  private ResourceMapper read(Resource resource, String json) {
    var cursor = cursor(json);
    var mapper = ResourceMapper.of(resource, cursor, values);
    assertThat(cursor.nextDocument()).isTrue();
    mapper.read();
    assertThat(cursor.nextDocument()).isFalse();
    return mapper;
  }

  private static JsonCursor cursor(String json) {
    return JsonCursor.over(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
