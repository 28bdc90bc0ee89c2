package io.nodelifecycle.testing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Sees every version of all nodes and pods, and notes what must not happen while the nodes are
 * well: one is unknown or unreachable, or a pod that was there goes.
 */
public final class HarmWatch implements AutoCloseable {
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable:";

  private final List<String> found = new CopyOnWriteArrayList<>();
  private final Set<String> alive = ConcurrentHashMap.newKeySet();
  private final Predicate<String> isWell;
  private final ApiWatch nodes;
  private final ApiWatch pods;

  private HarmWatch(ApiClient client, Predicate<String> isWell) {
    this.isWell = isWell;
    nodes = client.watch("/api/v1/nodes", event -> judgeNode(event.path("object")));
    pods = client.watch("/api/v1/namespaces/default/pods", this::judgePod);
  }

  /** Begins now; pods that are going already do not count. */
  public static HarmWatch start(ApiClient client) {
    return start(client, _ -> true);
  }

  /**
   * The same where some nodes are not well.
   *
   * @param isWell whether nothing may happen to the node or pod of this name
   */
  public static HarmWatch start(ApiClient client, Predicate<String> isWell) {
    return new HarmWatch(client, isWell);
  }

  /** What happened so far. Fails if it cannot be known. */
  public List<String> found() {
    if (!nodes.isOpen() || !pods.isOpen()) {
      throw new IllegalStateException("the API server closed a watch of the test");
    }
    return List.copyOf(found);
  }

  private void judgeNode(JsonNode node) {
    var name = name(node);
    if (!isWell.test(name)) {
      return;
    }
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
    var isGoing =
        event.path("type").asString().equals("DELETED")
            || pod.path("metadata").hasNonNull("deletionTimestamp");
    if (!isGoing) {
      alive.add(name);
    } else if (alive.remove(name) && isWell.test(name)) {
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
