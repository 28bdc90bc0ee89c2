package io.nodelifecycle.golden;

import io.nodelifecycle.testing.witness.Change;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A scenario that was run with the reference controller.
 *
 * @param scenario its name
 * @param flags the flags that the reference ran with, without leading dashes
 * @param steps what the cluster did, in order
 * @param changes what a watcher saw, in order of arrival
 */
record Recording(
    String scenario, Map<String, String> flags, List<Step> steps, List<Change> changes) {
  /** Something that the cluster did: when (in seconds), what, and its details. */
  record Step(double at, String what, JsonNode details) {}

  static Recording read(String scenario) {
    var file = "/golden/" + scenario + ".json";
    try (var in = Recording.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no recording " + file);
      }
      return parse(JsonMapper.shared().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  static Recording parse(JsonNode json) {
    var flags = new LinkedHashMap<String, String>();
    json.path("flags").forEachEntry((name, value) -> flags.put(name, value.asString()));
    var steps = new ArrayList<Step>();
    for (var step : json.path("steps")) {
      steps.add(new Step(step.get(0).asDouble(), step.get(1).asString(), step.get(2)));
    }
    var changes = new ArrayList<Change>();
    for (var change : json.path("changes")) {
      changes.add(change(change));
    }
    return new Recording(json.path("scenario").asString(), flags, steps, changes);
  }

  private static Change change(JsonNode json) {
    var at = json.get(0).asDouble();
    var kind = json.get(1).asString();
    var name = json.get(2).asString();
    var what = json.get(3).asString();
    var value = json.get(4);
    if (kind.equals("event")) {
      var text =
          Change.event(value.get(0).asString(), value.get(3).asString(), value.get(1).asString());
      return new Change(at, kind, name, what, text, value.get(2).asInt());
    }
    return Change.of(at, kind, name, what, value.isNull() ? "off" : value.asString());
  }

  /** When the first step happened, in seconds. */
  double start() {
    return steps.getFirst().at();
  }

  /** When the last step or change happened, in seconds. */
  double end() {
    var lastStep = steps.getLast().at();
    return changes.stream().mapToDouble(Change::at).reduce(lastStep, Math::max);
  }
}
