package io.nodelifecycle.parity.scenario;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import io.nodelifecycle.parity.scenario.Action.Taint;
import io.nodelifecycle.parity.scenario.Scenario.PlannedObject;
import io.nodelifecycle.sandbox.yaml.YamlField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads nodes and pods, and knows by name those that it has read. */
final class ClusterReader {
  private static final Pattern ZONE = Pattern.compile("(?<region>[\\w.-]*)::(?<zone>[\\w.-]*)");
  private static final Pattern TAINT =
      Pattern.compile(
          "(?<key>[\\w./-]+)(=(?<value>[\\w.-]*))?:"
              + "(?<effect>NoSchedule|PreferNoSchedule|NoExecute)");
  private static final List<String> HEALTH_TAINTS =
      List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

  private final Set<String> nodes = new LinkedHashSet<>();
  private final Set<String> pods = new LinkedHashSet<>();

  /** The nodes of one entry: one, or all of a range. They are known from now on. */
  List<PlannedNode> nodes(YamlField field) {
    var names = field.get("name").map(ClusterReader::names).orElse(List.of());
    var labels = new HashMap<String, String>();
    labels.put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", "amd64");
    field.find("zone").ifPresent(zone -> zone(zone, labels));
    field
        .find("labels")
        .map(ClusterReader::labels)
        .orElse(Map.of())
        .forEach((key, value) ->
            value.ifPresentOrElse(text -> labels.put(key, text), () -> labels.remove(key)));
    var like =
        new PlannedNode(
            "",
            labels,
            flag(field, "status", true),
            flag(field, "lease", true),
            flag(field, "unschedulable", false),
            field.find("taints").map(ClusterReader::taints).orElse(List.of()));
    field.refuseOthers();
    names.stream()
        .filter(name -> !nodes.add(name))
        .forEach(name -> field.refuse("there is a node " + Quoted.of(name) + " already"));
    return names.stream().map(like::renamed).toList();
  }

  private static List<String> names(YamlField field) {
    var text = field.text();
    var names = text.flatMap(NameRange::parse);
    if (text.isPresent() && names.isEmpty()) {
      field.refuse(Quoted.of(text.get()) + " is no name, and no range such as a1..a4");
    }
    return names.orElse(List.of());
  }

  private static void zone(YamlField field, Map<String, String> labels) {
    field
        .text()
        .ifPresent(text -> {
          var zone = ZONE.matcher(text);
          if (!zone.matches()) {
            field.refuse(Quoted.of(text) + " is no zone; write region::zone, such as r::a");
            return;
          }
          labels.put("topology.kubernetes.io/region", zone.group("region"));
          labels.put("topology.kubernetes.io/zone", zone.group("zone"));
          labels.values().removeIf(String::isEmpty);
        });
  }

  /** Labels, or anything else by key; null stands for none. */
  static Map<String, Optional<String>> labels(YamlField field) {
    var labels = new LinkedHashMap<String, Optional<String>>();
    field
        .entries()
        .forEach((key, value) -> {
          if (YamlJson.of(value).isNull()) {
            labels.put(key, Optional.empty());
          } else {
            value.text().ifPresent(text -> labels.put(key, Optional.of(text)));
          }
        });
    return labels;
  }

  static boolean flag(YamlField field, String key, boolean otherwise) {
    return field
        .find(key)
        .flatMap(value -> value.word(List.of("true", "false")))
        .map(Boolean::parseBoolean)
        .orElse(otherwise);
  }

  static List<Taint> taints(YamlField field) {
    var taints = new ArrayList<Taint>();
    for (var each : elements(field)) {
      each.text()
          .ifPresent(text -> {
            var taint = TAINT.matcher(text);
            if (taint.matches()) {
              var value = Optional.ofNullable(taint.group("value")).orElse("");
              taints.add(new Taint(taint.group("key"), value, taint.group("effect")));
            } else {
              each.refuse(Quoted.of(text) + " is no taint; write key=value:Effect or key:Effect");
            }
          });
    }
    return taints;
  }

  /**
   * The pods of one entry: as many as it has names or nodes. A range of names on a range of nodes
   * is one pod a node. They are known from now on.
   */
  List<PlannedPod> pods(YamlField field) {
    return pods(field, false);
  }

  /** One pod in the place of one of the same name. */
  Optional<PlannedPod> podAgain(YamlField field) {
    var read = pods(field, true);
    if (read.size() > 1) {
      field.refuse("is " + read.size() + " pods, want one");
    }
    return read.stream().findFirst();
  }

  private List<PlannedPod> pods(YamlField field, boolean isAgain) {
    var names = field.get("name").map(ClusterReader::names).orElse(List.of());
    var on = field.get("node").map(this::knownNodes).orElse(List.of());
    var namespace = field.find("namespace").flatMap(YamlField::text).orElse("default");
    var isReady = flag(field, "ready", true);
    var body = podBody(field);
    field.refuseOthers();
    if (names.isEmpty() || on.isEmpty()) {
      return List.of();
    }
    if (on.size() > 1 && on.size() != names.size()) {
      field.refuse("has %d names on %d nodes".formatted(names.size(), on.size()));
      return List.of();
    }
    var read = new ArrayList<PlannedPod>();
    for (int i = 0; i < names.size(); i++) {
      var own = body.deepCopy();
      var node = on.get(on.size() == 1 ? 0 : i);
      own.withObject("/metadata").put("name", names.get(i));
      own.withObject("/spec").put("nodeName", node);
      var pod = new PlannedPod(namespace, names.get(i), node, isReady, own);
      if (!pods.add(pod.key()) && !isAgain) {
        field.refuse("there is a pod " + Quoted.of(pod.key()) + " already");
      }
      read.add(pod);
    }
    return read;
  }

  private static ObjectNode podBody(YamlField field) {
    var pod = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
    var metadata = pod.putObject("metadata");
    field.find("labels").ifPresent(labels -> metadata.set("labels", texts(labels)));
    field.find("annotations").ifPresent(texts -> metadata.set("annotations", texts(texts)));
    field.find("finalizers").ifPresent(list -> metadata.set("finalizers", YamlJson.of(list)));
    field.find("controller").ifPresent(owner -> owner(owner, metadata));
    var spec = pod.putObject("spec");
    var grace = field.find("grace-period").flatMap(YamlField::duration);
    spec.put("terminationGracePeriodSeconds", grace.map(Duration::toSeconds).orElse(1L));
    spec.putArray("containers").addObject().put("name", "c").put("image", "i");
    var tolerations = spec.putArray("tolerations");
    field
        .find("tolerations")
        .map(YamlField::elements)
        .orElse(List.of())
        .forEach(each -> tolerations.add(toleration(each)));
    field
        .find("default-tolerations")
        .flatMap(YamlField::duration)
        .ifPresent(time ->
            HEALTH_TAINTS.forEach(key ->
                tolerations
                    .addObject()
                    .put("key", key)
                    .put("operator", "Exists")
                    .put("effect", "NoExecute")
                    .put("tolerationSeconds", time.toSeconds())));
    return pod;
  }

  /** A toleration in the words of Kubernetes. */
  static JsonNode toleration(YamlField field) {
    field.find("key").ifPresent(YamlField::text);
    field.find("value").ifPresent(YamlField::text);
    field.find("operator").ifPresent(f -> f.word(List.of("Exists", "Equal", "Lt", "Gt")));
    field
        .find("effect")
        .ifPresent(f -> f.word(List.of("NoSchedule", "PreferNoSchedule", "NoExecute")));
    field.find("tolerationSeconds").ifPresent(f -> f.number(Integer.MIN_VALUE, Integer.MAX_VALUE));
    field.refuseOthers();
    var json = YamlJson.of(field);
    if (json instanceof ObjectNode toleration && toleration.has("value")) {
      toleration.put("value", toleration.get("value").asString());
    }
    return json;
  }

  private static ObjectNode texts(YamlField field) {
    var texts = JsonNodeFactory.instance.objectNode();
    field.entries().forEach((key, value) -> value.text().ifPresent(text -> texts.put(key, text)));
    return texts;
  }

  private static void owner(YamlField field, ObjectNode metadata) {
    field
        .text()
        .ifPresent(text -> {
          var parts = List.of(text.split("/", -1));
          if (parts.size() != 2 || parts.contains("")) {
            field.refuse(Quoted.of(text) + " is no controller; write Kind/name, DaemonSet/d");
            return;
          }
          metadata
              .putArray("ownerReferences")
              .addObject()
              .put("apiVersion", "apps/v1")
              .put("kind", parts.getFirst())
              .put("name", parts.getLast())
              .put("uid", "00000000-0000-0000-0000-0000000000d5")
              .put("controller", true);
        });
  }

  /** An object to be created. */
  static Optional<PlannedObject> object(YamlField field) {
    var path = field.get("path").flatMap(ClusterReader::path);
    var body = field.get("body").map(YamlJson::of);
    field.refuseOthers();
    if (body.isPresent() && !body.get().at("/metadata/name").isString()) {
      field.refuse("body has no metadata.name");
      return Optional.empty();
    }
    return path.flatMap(p -> body.map(b -> new PlannedObject(p, b)));
  }

  static Optional<String> path(YamlField field) {
    var text = field.text();
    if (text.isPresent() && !text.get().matches("/apis?/[^\\s]+[^\\s/]")) {
      field.refuse(Quoted.of(text.get()) + " is no path of the API, such as /api/v1/nodes/a1");
      return Optional.empty();
    }
    return text;
  }

  /** Names of nodes that are known, each with its problem where it is not. */
  List<String> knownNodes(YamlField field) {
    var named = new ArrayList<String>();
    elements(field).forEach(each -> named.addAll(names(each)));
    named.stream()
        .filter(name -> !nodes.contains(name))
        .forEach(name ->
            field.refuse("there is no node " + Quoted.of(name) + Suggestion.question(name, nodes)));
    return named;
  }

  /** Names of pods that are known, as namespace/name. */
  List<String> knownPods(YamlField field) {
    var named = new ArrayList<String>();
    for (var each : elements(field)) {
      var text = each.text().orElse("");
      int slash = text.indexOf('/');
      var namespace = slash < 0 ? "default" : text.substring(0, slash);
      var names = NameRange.parse(text.substring(slash + 1));
      names.orElse(List.of()).forEach(name -> named.add(namespace + "/" + name));
      if (!text.isEmpty() && names.isEmpty()) {
        each.refuse(Quoted.of(text) + " is no name of a pod");
      }
    }
    named.stream()
        .filter(name -> !pods.contains(name))
        .forEach(name ->
            field.refuse("there is no pod " + Quoted.of(name) + Suggestion.question(name, pods)));
    return named;
  }

  /** As {@link #knownNodes}; from now on there may be others of these names. */
  List<String> nodesThatGo(YamlField field) {
    var named = knownNodes(field);
    named.forEach(nodes::remove);
    return named;
  }

  /** As {@link #knownPods}; from now on there may be others of these names. */
  List<String> podsThatGo(YamlField field) {
    var named = knownPods(field);
    named.forEach(pods::remove);
    return named;
  }

  /** A list, or a single value that stands for a list of one. */
  static List<YamlField> elements(YamlField field) {
    return field.node() instanceof ScalarNode ? List.of(field) : field.elements();
  }
}
