package io.nodelifecycle.testing.witness;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiWatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import tools.jackson.databind.JsonNode;

/** Watches nodes, pods and events and writes down what changes, as a recording does. */
public final class Recorder implements AutoCloseable {
  /** Ends the value of an event that does not carry the uid of its object. */
  public static final String WITHOUT_UID = " (without uid)";

  private static final Set<String> COPIED_LABELS =
      Set.of("beta.kubernetes.io/arch", "beta.kubernetes.io/os");

  private final DoubleSupplier clock;
  private final Detail detail;
  private final List<ApiWatch> watches = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<String> anonymousEvents = new ArrayList<>();
  private final Map<String, Map<String, String>> known = new HashMap<>();

  /** How much of an object is written down. */
  public enum Detail {
    /** What recordings hold: of labels those that controllers copy, of conditions no messages. */
    AS_RECORDED,
    /** All labels, messages of controllers, why a pod's status is as it is, events without uid. */
    FULL
  }

  private Recorder(DoubleSupplier clock, Detail detail) {
    this.clock = clock;
    this.detail = detail;
  }

  /** Records from now on; the clock tells the seconds that changes are given. */
  public static Recorder start(ApiClient client, DoubleSupplier clock, Detail detail) {
    var recorder = new Recorder(clock, detail);
    recorder.watch(client, "/api/v1/nodes", recorder::node);
    recorder.watch(client, "/api/v1/pods", recorder::pod);
    recorder.watch(client, "/api/v1/events", recorder::event);
    return recorder;
  }

  private void watch(ApiClient client, String path, BiConsumer<String, JsonNode> onObject) {
    var version = client.get(path).orThrow().at("/metadata/resourceVersion").asString();
    var query = path + "?timeoutSeconds=600&resourceVersion=" + version;
    watches.add(
        client.watch(
            query, event -> onObject.accept(event.path("type").asString(), event.path("object"))));
  }

  private void node(String type, JsonNode node) {
    var state = new TreeMap<String, String>();
    for (var condition : node.at("/status/conditions")) {
      addCondition(state, condition, condition.path("status").asString().equals("Unknown"));
    }
    node.at("/metadata/labels")
        .forEachEntry((label, value) -> {
          if (detail == Detail.FULL || COPIED_LABELS.contains(label)) {
            state.put("label " + label, value.asString());
          }
        });
    for (var taint : node.at("/spec/taints")) {
      var value = detail == Detail.FULL ? taint.path("value").asString("") : "";
      state.put(
          "taint " + taint.path("key").asString() + ":" + taint.path("effect").asString(),
          value.isEmpty() ? "on" : "on, value " + value);
    }
    if (node.at("/spec/unschedulable").asBoolean(false) && detail == Detail.FULL) {
      state.put("unschedulable", "true");
    }
    compare(type, "node", node.at("/metadata/name").asString(), state);
  }

  private void pod(String type, JsonNode pod) {
    var state = new TreeMap<String, String>();
    for (var condition : pod.at("/status/conditions")) {
      addCondition(state, condition, true);
    }
    var reason = pod.at("/status/reason").asString("");
    if (detail == Detail.FULL && !reason.isEmpty()) {
      state.put("reason", reason + ": " + pod.at("/status/message").asString(""));
    }
    if (pod.path("metadata").hasNonNull("deletionTimestamp")) {
      state.put("deleting", "true");
    }
    compare(type, "pod", qualified(pod.path("metadata")), state);
  }

  /** A message is of interest where a controller wrote the condition. */
  private void addCondition(Map<String, String> state, JsonNode condition, boolean isOfController) {
    var value = condition.path("status").asString() + "/" + condition.path("reason").asString("");
    var message = condition.path("message").asString("");
    var told = detail == Detail.FULL && isOfController && !message.isEmpty();
    state.put("cond " + condition.path("type").asString(), told ? value + ": " + message : value);
  }

  private synchronized void compare(
      String type, String kind, String name, Map<String, String> state) {
    var now = clock.getAsDouble();
    if (type.equals("DELETED")) {
      known.remove(kind + name);
      changes.add(Change.of(now, kind, name, "gone", "true"));
      return;
    }
    var before = known.getOrDefault(kind + name, Map.of());
    state.forEach((what, value) -> {
      if (!value.equals(before.get(what))) {
        changes.add(Change.of(now, kind, name, what, value));
      }
    });
    before.forEach((what, _) -> {
      if (!state.containsKey(what)) {
        changes.add(Change.of(now, kind, name, what, "off"));
      }
    });
    known.put(kind + name, state);
  }

  private synchronized void event(String type, JsonNode event) {
    if (type.equals("DELETED")) {
      return;
    }
    var object = event.path("involvedObject");
    var kind = object.path("kind").asString();
    var name = kind + " " + (kind.equals("Node") ? nameOf(object) : qualified(object));
    var text =
        Change.event(
            event.path("type").asString(),
            event.at("/source/component").asString(),
            event.path("message").asString());
    var what = event.path("reason").asString();
    var count = Math.max(1, event.path("count").asInt(1));
    var isAnonymous = object.path("uid").asString("").isEmpty();
    var value = detail == Detail.FULL && isAnonymous ? text + WITHOUT_UID : text;
    changes.add(new Change(clock.getAsDouble(), "event", name, what, value, count));
    if (isAnonymous) {
      anonymousEvents.add(name + " " + what);
    }
  }

  private static String nameOf(JsonNode metadata) {
    return metadata.path("name").asString();
  }

  private static String qualified(JsonNode metadata) {
    return metadata.path("namespace").asString() + "/" + nameOf(metadata);
  }

  /** What was seen so far, in order of arrival. */
  public synchronized List<Change> changes() {
    return List.copyOf(changes);
  }

  /** The events so far that do not carry the uid of their object. */
  public synchronized List<String> anonymousEvents() {
    return List.copyOf(anonymousEvents);
  }

  /** Does every watch still hear? */
  public boolean isWatching() {
    return watches.stream().allMatch(ApiWatch::isOpen);
  }

  @Override
  public void close() {
    watches.forEach(ApiWatch::close);
  }
}
