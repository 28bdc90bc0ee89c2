package io.nodelifecycle.performance;

import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.ApiWatch;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** Notes when nodes are judged and when their pods are marked, as watches of its own tell it. */
final class OutageWitness implements AutoCloseable {
  private static final String NODES = "/api/v1/nodes";
  private static final String PODS = "/api/v1/pods";
  private static final String FROM_NOW = "?resourceVersion=0";

  private final ApiClient api;
  private final TimeSource time;
  private final Map<String, Instant> unknown = new ConcurrentHashMap<>();
  private final Map<String, Instant> judged = new ConcurrentHashMap<>();
  private final Map<String, Instant> marked = new ConcurrentHashMap<>();
  private final Map<String, Instant> cordoned = new ConcurrentHashMap<>();
  private ApiWatch nodes;
  private ApiWatch pods;

  /** Watches from now on. */
  OutageWitness(ApiClient api, TimeSource time) {
    this.api = api;
    this.time = time;
    nodes = api.watch(NODES + FROM_NOW, this::node);
    pods = api.watch(PODS + FROM_NOW, this::pod);
  }

  /** Watches anew after the API server was away. */
  void watchAgain() {
    close();
    nodes = api.watch(NODES + FROM_NOW, this::node);
    pods = api.watch(PODS + FROM_NOW, this::pod);
  }

  private void node(JsonNode event) {
    var object = event.path("object");
    var name = name(object);
    if (hasTaint(object, "unschedulable")) {
      cordoned.putIfAbsent(name, time.now());
    }
    if (ready(object).equals("Unknown")) {
      unknown.putIfAbsent(name, time.now());
      if (hasTaint(object, "unreachable")) {
        judged.putIfAbsent(name, time.now());
      }
    }
  }

  private void pod(JsonNode event) {
    if (ready(event.path("object")).equals("False")) {
      marked.putIfAbsent(name(event.path("object")), time.now());
    }
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asString();
  }

  private static String ready(JsonNode object) {
    return ApiFields.condition(object, "Ready");
  }

  private static boolean hasTaint(JsonNode node, String name) {
    return ApiFields.taints(node).contains("node.kubernetes.io/" + name + ":NoSchedule");
  }

  /** When each node was Unknown. */
  Map<String, Instant> unknown() {
    return unknown;
  }

  /** When each node was Unknown and tainted NoSchedule for it. */
  Map<String, Instant> judged() {
    return judged;
  }

  /** When each pod was no longer Ready. */
  Map<String, Instant> marked() {
    return marked;
  }

  /** When each cordoned node was tainted NoSchedule for it. */
  Map<String, Instant> cordoned() {
    return cordoned;
  }

  @Override
  public void close() {
    nodes.close();
    pods.close();
  }
}
