package io.nodelifecycle.integration;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiFields;
import io.nodelifecycle.testing.ApiWatch;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/**
 * Sees every version of all nodes and pods, and notes what must not happen while the nodes are
 * well: one is unknown or unreachable, or a pod that was there goes.
 */
final class HarmWatch implements AutoCloseable {
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable:";

  private final List<String> found = new CopyOnWriteArrayList<>();
  private final Set<String> alive = ConcurrentHashMap.newKeySet();
  private final ApiWatch nodes;
  private final ApiWatch pods;

  private HarmWatch(ApiClient client) {
    nodes = client.watch("/api/v1/nodes", event -> judgeNode(event.path("object")));
    pods = client.watch("/api/v1/namespaces/default/pods", this::judgePod);
  }

  /** Begins now; pods that are going already do not count. */
  static HarmWatch start(ApiClient client) {
    return new HarmWatch(client);
  }

  /** What happened so far. Fails if it cannot be known. */
  List<String> found() {
    if (!nodes.isOpen() || !pods.isOpen()) {
      throw new IllegalStateException("the API server closed a watch of the test");
    }
    return List.copyOf(found);
  }

  private void judgeNode(JsonNode node) {
    var name = name(node);
    if (ApiFields.condition(node, "Ready").equals("Unknown")) {
      found.add("node " + name + " is unknown");
    }
    for (var taint : ApiFields.taints(node)) {
      if (taint.startsWith(UNREACHABLE)) {
        found.add("node " + name + " has the taint " + taint);
      }
    }
  }

  private void judgePod(JsonNode event) {
    var pod = event.path("object");
    var name = name(pod);
    var isGoing = event.path("type").asString().equals("DELETED") || Cluster.isDeleting(pod);
    if (!isGoing) {
      alive.add(name);
    } else if (alive.remove(name)) {
      found.add("pod " + name + " is deleted");
    }
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asString();
  }

  @Override
  public void close() {
    nodes.close();
    pods.close();
  }
}
