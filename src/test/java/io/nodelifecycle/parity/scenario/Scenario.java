package io.nodelifecycle.parity.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What happens to a cluster while a controller looks after it, and where the program is meant to
 * differ from the reference.
 *
 * @param name the name of its file, without the ending
 * @param about what it shows, in a sentence
 * @param sections the sections of the contract that it is for
 * @param flags what the controllers are started with
 * @param objects what is there before any node, in this order
 * @param nodes the nodes that appear at the beginning, in this order
 * @param pods the pods that are bound to them then, in this order
 * @param timeline what happens, in order of time
 * @param end how long is looked, from the beginning
 * @param differences the differences that are intended in this scenario
 */
public record Scenario(
    String name,
    String about,
    List<String> sections,
    Flags flags,
    List<PlannedObject> objects,
    List<PlannedNode> nodes,
    List<PlannedPod> pods,
    List<Step> timeline,
    Duration end,
    List<ExpectedDifference> differences) {

  /** Takes copies. */
  public Scenario {
    sections = List.copyOf(sections);
    objects = List.copyOf(objects);
    nodes = List.copyOf(nodes);
    pods = List.copyOf(pods);
    timeline = List.copyOf(timeline);
    differences = List.copyOf(differences);
  }

  /** Something that happens at a time, counted from the beginning. */
  public record Step(Duration at, Action action) {}

  /** An object that is created at a path of the API; its own path is {@code path/name}. */
  public record PlannedObject(String path, JsonNode body) {
    /** Where the object is once it was created. */
    public String ownPath() {
      return path + "/" + body.at("/metadata/name").asString();
    }
  }

  /**
   * Flags without leading dashes.
   *
   * @param both what the scenario says for both controllers
   * @param reference what only the reference is given besides
   * @param program what only the program is given besides
   */
  public record Flags(
      Map<String, String> both, Map<String, String> reference, Map<String, String> program) {
    /** Short times, so that a scenario is over soon. */
    public static final Map<String, String> DEFAULTS = defaults();

    /** Nothing but the defaults. */
    public static final Flags NONE = new Flags(Map.of(), Map.of(), Map.of());

    private static Map<String, String> defaults() {
      var flags = new LinkedHashMap<String, String>();
      flags.put("node-monitor-period", "1s");
      flags.put("node-monitor-grace-period", "6s");
      flags.put("node-startup-grace-period", "10s");
      flags.put("node-eviction-rate", "0.5");
      flags.put("secondary-node-eviction-rate", "0.2");
      flags.put("large-cluster-size-threshold", "10");
      flags.put("unhealthy-zone-threshold", "0.55");
      return flags;
    }

    /** All flags of the reference. */
    public Map<String, String> ofReference() {
      return merged(reference);
    }

    /** All flags of the program. */
    public Map<String, String> ofProgram() {
      return merged(program);
    }

    /** These flags where they are given, else the other ones. */
    public Flags over(Flags other) {
      return new Flags(
          over(both, other.both), over(reference, other.reference), over(program, other.program));
    }

    private Map<String, String> merged(Map<String, String> own) {
      return over(own, over(both, DEFAULTS));
    }

    private static Map<String, String> over(Map<String, String> first, Map<String, String> second) {
      var merged = new LinkedHashMap<>(second);
      merged.putAll(first);
      return merged;
    }
  }
}
