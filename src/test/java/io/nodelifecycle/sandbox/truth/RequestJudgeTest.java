package io.nodelifecycle.sandbox.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.DeletePod;
import io.nodelifecycle.core.Action.PatchNodeLabels;
import io.nodelifecycle.core.Action.PatchNodeStatus;
import io.nodelifecycle.core.Action.PatchNodeTaints;
import io.nodelifecycle.core.Action.UnknownCondition;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.http.BodyStream;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import io.nodelifecycle.kubernetes.writer.KubernetesWriter;
import io.nodelifecycle.runtime.Leadership;
import io.nodelifecycle.sandbox.cluster.DeleteOptions;
import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.http.ApiCall;
import io.nodelifecycle.sandbox.http.ObjectAnswers;
import io.nodelifecycle.sandbox.http.Query;
import io.nodelifecycle.sandbox.http.SentRequest;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as the program writes them, and some that it never would. */
final class RequestJudgeTest {
  private static final String CONTROLLER = RequestJudge.USER_AGENT + "1.0";
  private static final Instant WALL = SteppedTime.WALL;
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

  private final SteppedTime time = new SteppedTime();
  private final SandboxCluster cluster = new SandboxCluster(7, 1000, WALL);
  private final RequestJudge judge = RequestJudge.of(cluster, CorePolicy.defaults(), time);
  private final KubernetesWriter controller =
      new KubernetesWriter(new Judged(), time, Leadership.ALONE, false);
  private String agent = CONTROLLER;

  /** Answers from the cluster, before the eyes of the judge. */
  private final class Judged implements ApiExchange {
    private final ObjectAnswers answers = new ObjectAnswers(cluster, time::wallClock);

    @Override
    public String server() {
      return "here";
    }

    @Override
    public BodyStream send(ApiRequest request) throws ApiFailure {
      var parts = request.path().split("/");
      var isNode = parts[3].equals("nodes");
      var rest = Arrays.asList(parts).subList(isNode ? 4 : 6, parts.length);
      var call =
          new ApiCall(
              request.method(),
              isNode ? ResourceType.NODES : ResourceType.PODS,
              isNode ? "" : parts[4],
              rest.getFirst(),
              rest.size() > 1 ? rest.get(1) : "",
              new Query(Map.of()));
      try {
        var reply =
            judge.carryOut(
                new SentRequest(call, agent, request.body()),
                () ->
                    answers.answer(
                        request.method(), request.path(), request.contentType(), request.body()));
        return BodyStream.complete(reply.pieces(), time);
      } catch (io.nodelifecycle.sandbox.resource.ApiFailure refused) {
        throw new ApiFailure(refused.code(), "refused: " + refused, Duration.ZERO);
      }
    }
  }

  @BeforeEach
  void twoNodesAndAPodOnEach() {
    for (var name : List.of("a", "b")) {
      cluster.create(
          ResourceType.NODES, "", Json.object("{\"metadata\":{\"name\":\"" + name + "\"}}"), WALL);
      report(name, "True", "2024-05-06T07:08:09Z");
      pod("p-" + name, name);
    }
  }

  private StoredObject report(String node, String ready, String heartbeat) {
    var status =
        """
        {"conditions": [{"type": "Ready", "status": "%s", "lastHeartbeatTime": "%s"}]}
        """
            .formatted(ready, heartbeat);
    return cluster.modify(
        ObjectRef.node(node),
        Part.STATUS,
        tree -> {
          tree.set("status", Json.object(status));
          return tree;
        },
        WALL);
  }

  private StoredObject taint(String node, String key, String effect) {
    return cluster.modify(
        ObjectRef.node(node),
        Part.MAIN,
        tree -> {
          var taints = Json.child(tree, "spec").putArray("taints");
          if (!key.isEmpty()) {
            taints.addObject().put("key", key).put("effect", effect);
          }
          return tree;
        },
        WALL);
  }

  private StoredObject pod(String name, String node) {
    var body =
        """
        {"metadata": {"name": "%s"},
         "spec": {"nodeName": "%s", "containers": [{"name": "c", "image": "i"}]}}
        """
            .formatted(name, node);
    return cluster.create(ResourceType.PODS, "default", Json.object(body), WALL);
  }

  private StoredObject pod(String name) {
    return cluster.get(new ObjectRef(ResourceType.PODS, "default", name));
  }

  private static DeletePod deletion(StoredObject pod) {
    return new DeletePod(new PodKey("default", pod.name(), pod.uid()), pod.nodeName(), true, 0);
  }

  private static NodeKey key(StoredObject node) {
    return new NodeKey(node.name(), node.uid());
  }

  private Outcome write(Action.Write write) {
    return controller.write(write);
  }

  private void assertBroken(String... rules) {
    assertThat(judge.tally().first()).extracting(BrokenRule::rule).containsExactly(rules);
  }

  @Test
  void thePodOfATaintedNodeMayGo() {
    taint("a", "hand", "NoExecute");
    assertThat(write(deletion(pod("p-a")))).isInstanceOf(Outcome.Succeeded.class);
    assertThat(judge.tally()).isEqualTo(new RuleTally(1, judge.tally().rules(), 0, List.of()));
    assertThat(judge.tally().rules()).isGreaterThan(10);
  }

  @Test
  void thePodOfAHealthyNodeMayNot() {
    time.pass(Duration.ofSeconds(3));
    write(deletion(pod("p-a")));
    assertBroken("live-taints");
    var broken = judge.tally().first().getFirst();
    assertThat(broken.at()).isEqualTo(time.now());
    assertThat(broken.subject()).contains("default/p-a");
    assertThat(broken.sentence()).isEqualTo(io.nodelifecycle.invariant.Rule.LIVE_TAINTS.sentence());
  }

  /** The pod of that uid was deleted meanwhile, and there is another of its name. */
  @ParameterizedTest
  @CsvSource({"5, ''", "6, right-pod"})
  void aDeletionMayBeLateButNotForEver(int seconds, String broken) {
    taint("a", "hand", "NoExecute");
    var old = pod("p-a");
    cluster.delete(old.ref(), DeleteOptions.NOW, WALL);
    pod("p-a", "a");
    time.pass(Duration.ofSeconds(seconds));
    assertThat(write(deletion(old))).isInstanceOf(Outcome.Conflict.class);
    assertBroken(broken.isEmpty() ? new String[0] : new String[] {broken});
  }

  @Test
  void aPodThatNeverWasIsNotAskedFor() {
    write(new DeletePod(new PodKey("default", "p-a", "another"), "a", true, 0));
    assertBroken("right-pod");
    assertThat(cluster.find(pod("p-a").ref())).isPresent();
  }

  @Test
  void whatIsGoneMeanwhileIsNoOffence() {
    taint("a", "hand", "NoExecute");
    var node = cluster.get(ObjectRef.node("a"));
    var old = pod("p-a");
    cluster.delete(old.ref(), DeleteOptions.NOW, WALL);
    cluster.delete(node.ref(), DeleteOptions.NOW, WALL);
    assertThat(write(deletion(old))).isInstanceOf(Outcome.NotFound.class);
    assertThat(write(new PatchNodeLabels(key(node), Map.of("x", "y"), 0)))
        .isInstanceOf(Outcome.NotFound.class);
    assertBroken();
    assertThat(judge.tally().requests()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubectl/v1.36", "", "my-node-lifecycle-controller/1"})
  void othersMayDoWhatTheyLike(String who) {
    agent = who;
    write(deletion(pod("p-a")));
    assertThat(judge.tally().requests()).isZero();
    assertBroken();
  }

  /** Heard at the beginning; the grace period is 50 s. */
  @ParameterizedTest
  @CsvSource({"49, silence", "50, ''"})
  void aNodeIsUnknownAfterItsGrace(int seconds, String broken) {
    var node = cluster.get(ObjectRef.node("a"));
    time.pass(Duration.ofSeconds(seconds));
    var conditions =
        List.of(
            new UnknownCondition("Ready", null),
            new UnknownCondition("MemoryPressure", created(node)),
            new UnknownCondition("DiskPressure", created(node)),
            new UnknownCondition("PIDPressure", created(node)));
    var version = Long.toString(node.resourceVersion());
    assertThat(write(new PatchNodeStatus(key(node), version, conditions, 0)))
        .isInstanceOf(Outcome.Succeeded.class);
    assertBroken(broken.isEmpty() ? new String[0] : new String[] {broken});
  }

  private static Instant created(StoredObject node) {
    return Instant.parse(Json.text(node.tree(), "metadata", "creationTimestamp"));
  }

  @ParameterizedTest
  @CsvSource({"true, ''", "false, cluster-stop"})
  void whileAllZonesAreDownNothingIsTainted(boolean isOneReady, String broken) {
    report("a", "Unknown", "2024-05-06T07:08:09Z");
    report("b", isOneReady ? "True" : "Unknown", "2024-05-06T07:08:09Z");
    time.pass(Duration.ofSeconds(10));
    var node = taint("a", UNREACHABLE, "NoSchedule");
    var both =
        List.of(
            Taint.unstamped(UNREACHABLE, "NoSchedule"), Taint.unstamped(UNREACHABLE, "NoExecute"));
    var version = Long.toString(node.resourceVersion());
    write(new PatchNodeTaints(key(node), version, both, both.subList(1, 2), List.of(), 0));
    assertBroken(broken.isEmpty() ? new String[0] : new String[] {broken});
  }

  @Test
  void whileNobodyReachesTheApiServerNothingIsKnown() {
    taint("a", "hand", "NoExecute");
    judge.unreachable(time.now(), time.now().plusSeconds(4));
    taint("a", "", "");
    time.pass(Duration.ofSeconds(12));
    write(deletion(pod("p-a")));
    assertBroken();
    time.pass(Duration.ofSeconds(12));
    write(deletion(pod("p-b")));
    assertBroken("live-taints");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /api/v1/nodes/a",
    "DELETE, /api/v1/nodes/a",
    "PATCH, /api/v1/nodes/a",
    "PATCH, /api/v1/namespaces/default/pods/p-a/status",
    "POST, /api/v1/namespaces/default/pods/p-a/eviction"
  })
  void aWriteThatNoControllerSendsIsNamed(String method, String path) {
    var request =
        new ApiRequest(
            method, path, "application/merge-patch+json", "{\"spec\": 1}", Duration.ofSeconds(1));
    try {
      new Judged().send(request).close();
    } catch (ApiFailure refused) {
      assertThat(refused.code()).isBetween(400, 499);
    }
    assertBroken("known-writes");
  }

  @Test
  void aBodyThatIsNoneIsNoReasonToFail() {
    var request =
        new ApiRequest("PATCH", "/api/v1/nodes/a", "x/y", "{\"spec\": [", Duration.ofSeconds(1));
    assertThatThrownBy(() -> new Judged().send(request)).isInstanceOf(ApiFailure.class);
    assertBroken("known-writes");
  }
}
