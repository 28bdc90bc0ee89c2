package io.nodelifecycle.sandbox.yaml;

import io.nodelifecycle.config.value.GoDuration;
import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value of a YAML document that knows its line and path. Reading it as what it is not notes a
 * problem and gives nothing.
 */
public final class YamlField {
  private final String file;
  private final String path;
  private final Node node;
  private final List<YamlProblem> problems;
  private final Set<String> asked = new HashSet<>();

  YamlField(String file, String path, Node node, List<YamlProblem> problems) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.problems = problems;
  }

  /** Where this value is, for example {@code chapters[1].at}; empty for the whole document. */
  public String path() {
    return path;
  }

  /** Notes that something is wrong with this value. */
  public void refuse(String what) {
    int line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    problems.add(new YamlProblem(file, line, path, what));
  }

  /** The value under a key of this mapping; nothing where there is none. */
  public Optional<YamlField> find(String key) {
    asked.add(key);
    return Optional.ofNullable(entries().get(key));
  }

  /** As {@link #find}, but there has to be one. */
  public Optional<YamlField> get(String key) {
    var found = find(key);
    if (found.isEmpty() && node instanceof MappingNode) {
      refuse("has no " + key);
    }
    return found;
  }

  /** Whether this mapping has the key; it counts as known from now on. */
  public boolean has(String key) {
    return find(key).isPresent();
  }

  /** The entries of a mapping in their order; a problem and none where it is none. */
  public Map<String, YamlField> entries() {
    var entries = new LinkedHashMap<String, YamlField>();
    if (!(node instanceof MappingNode mapping)) {
      if (asked.add("")) {
        refuse("is not a mapping (key: value)");
      }
      return entries;
    }
    for (var entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        String name = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
        entries.put(key.getValue(), new YamlField(file, name, entry.getValueNode(), problems));
      }
    }
    return entries;
  }

  /** The YAML itself, for a value without a fixed form. */
  public Node node() {
    return node;
  }

  /** Refuses the keys of this mapping that nobody asked for, and those that it has twice. */
  public void refuseOthers() {
    refuseRepeated();
    entries()
        .forEach((key, field) -> {
          if (!asked.contains(key)) {
            var known = asked.stream().filter(word -> !word.isEmpty()).sorted().toList();
            field.refuse(
                "is no known field"
                    + Suggestion.question(key, known)
                    + "; known here: "
                    + String.join(", ", known));
          }
        });
  }

  private void refuseRepeated() {
    if (node instanceof MappingNode mapping) {
      var keys = new HashSet<String>();
      for (var entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
          refuse("has " + Quoted.of(key.getValue()) + " twice");
        }
      }
    }
  }

  /** The elements of a list; a problem and none where it is none. */
  public List<YamlField> elements() {
    if (!(node instanceof SequenceNode sequence)) {
      refuse("is not a list (lines that begin with -)");
      return List.of();
    }
    var elements = new ArrayList<YamlField>();
    for (var element : sequence.getValue()) {
      String name = path + "[" + elements.size() + "]";
      elements.add(new YamlField(file, name, element, problems));
    }
    return elements;
  }

  /** The text of a plain value. */
  public Optional<String> text() {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue().strip());
    }
    refuse("is not a text");
    return Optional.empty();
  }

  /** A whole number. */
  public OptionalInt number(int least, int greatest) {
    var text = text();
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number >= least && number <= greatest) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException _) {
      // Refused below.
    }
    refuse(Quoted.of(text.get()) + " is no whole number from " + least + " to " + greatest);
    return OptionalInt.empty();
  }

  /** A duration that is not negative. */
  public Optional<Duration> duration() {
    return text().flatMap(this::duration);
  }

  private Optional<Duration> duration(String text) {
    return switch (GoDuration.parse(text)) {
      case Parsed.Good<Duration>(var value) when !value.isNegative() -> Optional.of(value);
      case Parsed.Good<Duration> _ -> {
        refuse(Quoted.of(text) + " is negative");
        yield Optional.empty();
      }
      case Parsed.Bad<Duration>(var what, var remedy) -> {
        refuse(Quoted.of(text) + " " + what + "; " + remedy);
        yield Optional.empty();
      }
    };
  }

  /** One of these words. */
  public Optional<String> word(List<String> known) {
    var text = text();
    if (text.isPresent() && !known.contains(text.get())) {
      refuse(
          Quoted.of(text.get())
              + " is none of "
              + String.join(", ", known)
              + Suggestion.question(text.get(), known));
      return Optional.empty();
    }
    return text;
  }
}
