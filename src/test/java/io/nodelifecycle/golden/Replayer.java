package io.nodelifecycle.golden;

import io.nodelifecycle.golden.Recording.Step;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.FakeKubelets;
import io.nodelifecycle.testing.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Does the steps of a recording at their times, with fake kubelets and as a user. */
final class Replayer {
  private final ApiClient client;
  private final FakeKubelets kubelets;
  private final DoubleSupplier clock;

  /** How much later than recorded a step was done: both in seconds. */
  record Lateness(double stepAt, double seconds) {}

  /** The clock tells the seconds of the recording. */
  Replayer(ApiClient client, FakeKubelets kubelets, DoubleSupplier clock) {
    this.client = client;
    this.kubelets = kubelets;
    this.clock = clock;
  }

  /** Does all steps; how late each was done, in order. */
  List<Lateness> replay(List<Step> steps) {
    var lateness = new ArrayList<Lateness>();
    for (var step : steps) {
      waitUntil(step.at());
      perform(step.what(), step.details());
      lateness.add(new Lateness(step.at(), clock.getAsDouble() - step.at()));
    }
    return lateness;
  }

  /** Waits until the clock tells these seconds. */
  void waitUntil(double seconds) {
    var left = seconds - clock.getAsDouble();
    if (left > 0) {
      Pause.of(Duration.ofNanos((long) (left * 1e9)));
    }
  }

  private void perform(String what, JsonNode details) {
    var path = details.path("path").asString("");
    switch (what) {
      case "node" -> node(details);
      case "pod" -> kubelets.runPod("default", pod(details));
      case "conditions" ->
          kubelets.postConditions(
              details.path("name").asString(), strings(details.path("conditions")));
      case "stop-heartbeats" ->
          details.path("names").forEach(name -> kubelets.stopHeartbeats(name.asString()));
      case "resume-heartbeats" ->
          details.path("names").forEach(name -> kubelets.resumeHeartbeats(name.asString()));
      case "merge" -> client.mergePatch(path, details.path("body")).orThrow();
      case "put" -> client.put(path, details.path("body")).orThrow();
      case "post" -> client.post(path, details.path("body")).orThrow();
      case "delete" -> client.delete(path).orThrow();
      default -> throw new IllegalArgumentException("unknown step " + what);
    }
  }

  private void node(JsonNode details) {
    var name = details.path("name").asString();
    kubelets.register(name, strings(details.path("labels")));
    if (details.path("status").asBoolean()) {
      kubelets.postConditions(name, FakeKubelets.HEALTHY);
    }
    if (details.path("lease").asBoolean()) {
      kubelets.startHeartbeats(name);
    }
  }

  private static JsonNode pod(JsonNode details) {
    var name = details.path("name").asString();
    var pod = JsonMapper.shared().createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
    var metadata = pod.putObject("metadata").put("name", name);
    if (details.path("daemonset").asBoolean(false)) {
      metadata.putObject("labels").put("app", "ds");
      metadata
          .putArray("ownerReferences")
          .addObject()
          .put("apiVersion", "apps/v1")
          .put("kind", "DaemonSet")
          .put("name", "d")
          .put("uid", "00000000-0000-0000-0000-0000000000d5")
          .put("controller", true);
    }
    var spec = pod.putObject("spec").put("nodeName", details.path("node").asString());
    spec.put("terminationGracePeriodSeconds", 1);
    spec.putArray("containers").addObject().put("name", "c").put("image", "i");
    if (details.hasNonNull("tolerations")) {
      spec.set("tolerations", details.get("tolerations"));
    }
    return pod;
  }

  private static Map<String, String> strings(JsonNode json) {
    var strings = new HashMap<String, String>();
    json.forEachEntry((name, value) -> strings.put(name, value.asString()));
    return strings;
  }
}
