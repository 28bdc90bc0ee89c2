package io.nodelifecycle.twin;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ApiResponse;
import io.nodelifecycle.testing.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/** One of the two servers, with what every behaviour needs to ask of it. */
final class TwinServer {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ApiClient api;
  private final LongConsumer compaction;
  private final Runnable restart;
  private final AtomicInteger names = new AtomicInteger();

  /**
   * @param compaction makes the server forget what happened up to a version
   * @param restart makes it forget what it remembers beyond that
   */
  TwinServer(ApiClient api, LongConsumer compaction, Runnable restart) {
    this.api = api;
    this.compaction = compaction;
    this.restart = restart;
  }

  ApiClient api() {
    return api;
  }

  /** A name that nothing has yet. */
  String newName(String prefix) {
    return prefix + "-" + names.incrementAndGet();
  }

  void compact(String resourceVersion) {
    compaction.accept(Long.parseLong(resourceVersion));
  }

  /** Compacts everything so far, and whatever the server caches of it. */
  void forget() {
    compact(version("/api/v1/nodes"));
    restart.run();
  }

  /** A new namespace. */
  String namespace() {
    var name = newName("team");
    create("/api/v1/namespaces", "{'metadata': {'name': '%s'}}", name);
    return name;
  }

  /** A new node; its path. */
  String node() {
    var name = newName("node");
    create("/api/v1/nodes", "{'metadata': {'name': '%s'}}", name);
    return "/api/v1/nodes/" + name;
  }

  /** A new pod that is bound to a node; its path. */
  String pod(String namespace, String name, String nodeName) {
    var pods = "/api/v1/namespaces/" + namespace + "/pods";
    create(
        pods,
        """
        {'metadata': {'name': '%s', 'labels': {'name': '%s'}},
         'spec': {'nodeName': '%s', 'containers': [{'name': 'main', 'image': 'registry/main:1'}]}}
        """,
        name,
        name,
        nodeName);
    return pods + "/" + name;
  }

  /** Creates an object that is written with single quotes and must be accepted. */
  JsonNode create(String path, String object, Object... arguments) {
    return api.post(path, json(object, arguments)).orThrow();
  }

  ApiResponse post(String path, String object, Object... arguments) {
    return api.post(path, json(object, arguments));
  }

  ApiResponse put(String path, String object, Object... arguments) {
    return api.put(path, json(object, arguments));
  }

  ApiResponse merge(String path, String patch, Object... arguments) {
    return api.mergePatch(path, json(patch, arguments));
  }

  ApiResponse strategic(String path, String patch, Object... arguments) {
    return api.strategicPatch(path, json(patch, arguments));
  }

  ApiResponse jsonPatch(String path, String patch, Object... arguments) {
    return api.patch(path, "application/json-patch+json", json(patch, arguments));
  }

  ApiResponse delete(String path, String options, Object... arguments) {
    return api.delete(path, json(options, arguments));
  }

  JsonNode get(String path) {
    return api.get(path).orThrow();
  }

  String version(String path) {
    return version(get(path));
  }

  static String version(JsonNode object) {
    return object.at("/metadata/resourceVersion").asString();
  }

  /** The names of a list, in the order in which they come. */
  List<String> names(String path) {
    return names(get(path));
  }

  static List<String> names(JsonNode list) {
    return list.path("items").valueStream().map(i -> i.at("/metadata/name").asString()).toList();
  }

  /** The first events of a watch, as soon as there are so many. */
  List<JsonNode> events(String path, int count) {
    var events = new CopyOnWriteArrayList<JsonNode>();
    try (var _ = api.watch(path, events::add)) {
      if (!Pause.until(PATIENCE, () -> events.size() >= count)) {
        throw new AssertionError("only " + events + " of " + count + " events of " + path);
      }
    }
    return List.copyOf(events.subList(0, count));
  }

  /** Everything that a watch of one second is sent. */
  List<JsonNode> allEvents(String path) {
    var events = new ArrayList<JsonNode>();
    var bounded = path + (path.contains("?") ? "&" : "?") + "timeoutSeconds=1";
    try (var watch = api.watch(bounded, events::add)) {
      if (!Pause.until(PATIENCE, () -> !watch.isOpen())) {
        throw new AssertionError("the watch outlived its timeout: " + path);
      }
    }
    return events;
  }

  /** Type and name of each event. */
  static List<String> told(List<JsonNode> events) {
    return events.stream()
        .map(e -> e.path("type").asString() + " " + e.at("/object/metadata/name").asString())
        .toList();
  }

  static JsonNode json(String text, Object... arguments) {
    var quoted = text.replace('\'', '"');
    return ApiClient.json(arguments.length == 0 ? quoted : quoted.formatted(arguments));
  }
}
