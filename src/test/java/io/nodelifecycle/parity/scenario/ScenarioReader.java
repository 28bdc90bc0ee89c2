package io.nodelifecycle.parity.scenario;

import io.nodelifecycle.config.value.GoDuration;
import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.parity.scenario.Scenario.Flags;
import io.nodelifecycle.parity.scenario.Scenario.Step;
import io.nodelifecycle.sandbox.yaml.YamlDocument;
import io.nodelifecycle.sandbox.yaml.YamlField;
import io.nodelifecycle.sandbox.yaml.YamlProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads a scenario from YAML, in the form that the package's own description shows. */
public final class ScenarioReader {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Pattern KEBAB_CASE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final String ENDING = ".yaml";

  private final ClusterReader cluster = new ClusterReader();

  private ScenarioReader() {}

  /**
   * Reads a scenario.
   *
   * @param file the name of its file, which gives it its own
   * @param text its YAML
   */
  public static ScenarioOutcome read(String file, String text) {
    var problems = new ArrayList<YamlProblem>();
    var name = file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : "";
    if (!KEBAB_CASE.matcher(name).matches()) {
      problems.add(
          new YamlProblem(file, 1, "", "the file is not called some-words-like-these.yaml"));
    }
    var scenario =
        YamlDocument.root(file, text, problems)
            .flatMap(root -> new ScenarioReader().scenario(name, root));
    return scenario.isPresent() && problems.isEmpty()
        ? new ScenarioOutcome.Good(scenario.get())
        : new ScenarioOutcome.Bad(problems);
  }

  private Optional<Scenario> scenario(String name, YamlField root) {
    var about = root.get("about").flatMap(YamlField::text);
    var sections = each(root, "spec", DifferenceReader::section);
    if (sections.isEmpty()) {
      root.refuse("names no section of the contract in spec");
    }
    var flags = flags(root);
    var objects = each(root, "objects", ClusterReader::object);
    var nodes = all(root, "nodes", cluster::nodes);
    if (nodes.isEmpty()) {
      root.refuse("has no nodes");
    }
    var pods = all(root, "pods", cluster::pods);
    var end = root.get("end").flatMap(ScenarioReader::end);
    var steps = new StepReader(cluster, end.orElse(LONGEST));
    var timeline = root.get("timeline").map(steps::read).orElse(List.<Step>of());
    var differences = each(root, "differences", DifferenceReader::read);
    root.refuseOthers();
    return about.isEmpty() || end.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Scenario(
                name,
                about.get(),
                sections,
                flags,
                objects,
                nodes,
                pods,
                timeline,
                end.get(),
                differences));
  }

  private static Optional<Duration> end(YamlField field) {
    var end = field.duration();
    if (end.isPresent() && (end.get().compareTo(LONGEST) > 0 || end.get().isZero())) {
      field.refuse("is not within " + GoDuration.format(LONGEST));
      return Optional.empty();
    }
    return end;
  }

  /** The flags of both, of the reference and of the program, where they are given. */
  static Flags flags(YamlField field) {
    return new Flags(
        flags(field, "flags"), flags(field, "reference-flags"), flags(field, "program-flags"));
  }

  private static Map<String, String> flags(YamlField parent, String key) {
    var flags = new LinkedHashMap<String, String>();
    parent
        .find(key)
        .map(YamlField::entries)
        .orElse(Map.of())
        .forEach((name, value) -> {
          if (!KEBAB_CASE.matcher(name).matches()) {
            value.refuse(Quoted.of(name) + " is no name of a flag, without leading dashes");
          }
          value.text().ifPresent(text -> flags.put(name, text));
        });
    return flags;
  }

  private static <T> List<T> each(
      YamlField field, String key, Function<YamlField, Optional<T>> read) {
    return all(field, key, element -> read.apply(element).stream().toList());
  }

  private static <T> List<T> all(YamlField field, String key, Function<YamlField, List<T>> read) {
    return field.find(key).map(YamlField::elements).orElse(List.of()).stream()
        .flatMap(element -> read.apply(element).stream())
        .toList();
  }
}
