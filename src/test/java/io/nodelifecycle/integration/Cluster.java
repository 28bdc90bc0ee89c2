package io.nodelifecycle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.Pause;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What the tests ask of the objects in a cluster, in their own words. */
record Cluster(ApiClient client) {
  /** Short periods, so that a test does not wait for minutes. */
  static final Map<String, String> HASTY =
      Map.of(
          "node-monitor-period", "1s",
          "node-monitor-grace-period", "6s",
          "node-startup-grace-period", "10s",
          "node-eviction-rate", "0.5");

  JsonNode node(String name) {
    return client.get("/api/v1/nodes/" + name).orThrow();
  }

  JsonNode pod(String name) {
    return client.get("/api/v1/namespaces/default/pods/" + name).orThrow();
  }

  static boolean isDeleting(JsonNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }

  void becomesUnknown(String node, Duration timeout) {
    assertThat(
            Pause.until(timeout, () -> ApiFields.condition(node(node), "Ready").equals("Unknown")))
        .as("node " + node + " becomes Unknown")
        .isTrue();
  }

  void becomesTainted(String node, String taint, Duration timeout) {
    assertThat(Pause.until(timeout, () -> ApiFields.taints(node(node)).contains(taint)))
        .as("node " + node + " gets the taint " + taint)
        .isTrue();
  }

  void losesTaint(String node, String taint, Duration timeout) {
    assertThat(Pause.until(timeout, () -> !ApiFields.taints(node(node)).contains(taint)))
        .as("node " + node + " loses the taint " + taint)
        .isTrue();
  }

  void becomesDeleting(String pod, Duration timeout) {
    assertThat(Pause.until(timeout, () -> isDeleting(pod(pod))))
        .as("pod " + pod + " is deleted")
        .isTrue();
  }
}
