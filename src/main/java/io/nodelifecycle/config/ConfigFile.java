package io.nodelifecycle.config;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Finds settings and their lines in the YAML of a config file. Values are not read here. */
final class ConfigFile {
  private static final int DEPTH_MAX = 20;
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final String STANDARD_TAGS = "tag:yaml.org,2002:";
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final String EXAMPLE = "write settings such as node-monitor-period: 5s";

  private final String file;
  private final List<Given> given = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private ConfigFile(String file) {
    this.file = file;
  }

  /**
   * Reads the text of a file.
   *
   * @param file its name in problems and sources
   */
  static Reading read(String file, String text) {
    var reader = new ConfigFile(file);
    reader.readDocument(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
    return new Reading(reader.given, reader.problems);
  }

  private void readDocument(String text) {
    try {
      var settings = LoadSettings.builder().setLabel(file).setAllowNonScalarKeys(true).build();
      if (isTooDeep(settings, text)) {
        problems.add(new Problem(file, "is nested too deep", EXAMPLE));
        return;
      }
      new Compose(settings)
          .composeString(text)
          .ifPresentOrElse(
              this::readRoot, () -> problems.add(new Problem(file, "is empty", EXAMPLE)));
    } catch (MarkedYamlEngineException exception) {
      int line = exception.getProblemMark().map(Mark::getLine).orElse(0);
      refuseSyntax(line + 1, exception.getProblem(), text.lines().skip(line).findFirst());
    } catch (ReaderException exception) {
      long line = text.codePoints().limit(exception.getPosition()).filter(c -> c == '\n').count();
      refuseSyntax((int) line + 1, "a character that YAML does not allow", Optional.empty());
    } catch (YamlEngineException exception) {
      refuseSyntax(1, String.valueOf(exception.getMessage()), Optional.empty());
    }
  }

  /** Composing recurses; looking at the events first keeps its stack small. */
  private static boolean isTooDeep(LoadSettings settings, String text) {
    int depth = 0;
    for (var event : new Parse(settings).parseString(text)) {
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (depth > DEPTH_MAX) {
        return true;
      }
    }
    return false;
  }

  private void refuseSyntax(int line, String what, Optional<String> source) {
    String remedy = "correct the YAML there";
    if (source.filter(text -> text.contains("\t")).isPresent()) {
      remedy = "use spaces instead of tabs";
    } else if (source.filter(text -> text.contains("*")).isPresent()) {
      remedy = "put the asterisk into quotes: \"*\"";
    }
    problems.add(new Problem(at(line), "is not YAML: " + Quoted.plain(what), remedy));
  }

  private void readRoot(Node root) {
    if (!(root instanceof MappingNode mapping)) {
      boolean isNothing = root instanceof ScalarNode scalar && isNull(scalar);
      String what = isNothing ? "is empty" : "is not a mapping of settings";
      problems.add(new Problem(at(line(root)), what, EXAMPLE));
      return;
    }
    var settings = new HashMap<String, Setting<?>>();
    SettingRegistry.all().forEach(setting -> settings.put(setting.name(), setting));
    var lines = new HashMap<String, Integer>();
    for (var entry : mapping.getValue()) {
      key(entry)
          .filter(key -> isFirst(key, entry, lines))
          .ifPresent(key -> readEntry(key, entry, settings));
    }
  }

  private Optional<String> key(NodeTuple entry) {
    if (entry.getKeyNode() instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue());
    }
    problems.add(
        new Problem(at(line(entry.getKeyNode())), "has a key that is not a plain word", EXAMPLE));
    return Optional.empty();
  }

  private boolean isFirst(String key, NodeTuple entry, Map<String, Integer> lines) {
    int line = line(entry.getKeyNode());
    Integer before = lines.putIfAbsent(key, line);
    if (before != null) {
      problems.add(
          new Problem(
              at(line) + ": " + Quoted.plain(key),
              "is there already, in line " + before,
              "remove one of the two"));
    }
    return before == null;
  }

  private void readEntry(String key, NodeTuple entry, Map<String, Setting<?>> settings) {
    String subject = at(line(entry.getKeyNode())) + ": " + Quoted.plain(key);
    var setting = settings.get(key);
    if (setting == null) {
      var known =
          SettingRegistry.all().stream()
              .filter(candidate -> !candidate.isOnlyFlag())
              .map(Setting::name)
              .toList();
      problems.add(
          new Problem(
              subject,
              "is no known setting" + Suggestion.question(key, known),
              "correct it or remove the line (--help lists all settings)"));
    } else if (setting.isOnlyFlag()) {
      problems.add(
          new Problem(
              subject, "works on the command line only", "remove the line, use " + setting.flag()));
    } else {
      readValue(setting, subject, entry.getValueNode());
    }
  }

  private void readValue(Setting<?> setting, String subject, Node value) {
    switch (value) {
      case ScalarNode scalar -> addScalar(setting, subject, scalar, "");
      case SequenceNode sequence when setting.form() == Setting.Form.LIST -> {
        if (sequence.getValue().isEmpty()) {
          given.add(new Given(setting, "", new Source.File(file, line(value))));
        }
        sequence.getValue().forEach(element -> addElement(setting, subject, element, ""));
      }
      case MappingNode mapping when setting.form() == Setting.Form.MERGED_LIST ->
          addMapping(setting, subject, mapping);
      default -> refuseType(setting, subject, value);
    }
  }

  private void addMapping(Setting<?> setting, String subject, MappingNode mapping) {
    var lines = new HashMap<String, Integer>();
    for (var entry : mapping.getValue()) {
      key(entry)
          .filter(key -> isFirst(key, entry, lines))
          .ifPresent(key -> addElement(setting, subject, entry.getValueNode(), key + "="));
    }
  }

  private void addElement(Setting<?> setting, String subject, Node element, String prefix) {
    if (element instanceof ScalarNode scalar) {
      addScalar(setting, subject, scalar, prefix);
    } else {
      refuseType(setting, subject, element);
    }
  }

  private void addScalar(Setting<?> setting, String subject, ScalarNode scalar, String prefix) {
    if (isNull(scalar)) {
      String missing = prefix.isEmpty() ? "has no value" : "has no value for " + prefix;
      problems.add(
          new Problem(subject, missing, "give a value, or remove the line for the default"));
    } else if (!scalar.getTag().getValue().startsWith(STANDARD_TAGS)) {
      problems.add(new Problem(subject, "has a tag of its own", "remove " + scalar.getTag()));
    } else {
      given.add(
          new Given(setting, prefix + scalar.getValue(), new Source.File(file, line(scalar))));
    }
  }

  private void refuseType(Setting<?> setting, String subject, Node value) {
    String wanted =
        switch (setting.form()) {
          case SINGLE -> "give one value: ";
          case LIST -> "give a list or one text: ";
          case MERGED_LIST -> "give a mapping or one text: ";
        };
    problems.add(
        new Problem(
            subject,
            "has " + (value instanceof MappingNode ? "a mapping" : "a list") + " as value",
            wanted + setting.type().values()));
  }

  private static boolean isNull(ScalarNode scalar) {
    return scalar.getScalarStyle() == ScalarStyle.PLAIN && NULLS.contains(scalar.getValue());
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  private String at(int line) {
    return new Source.File(file, line).text();
  }
}
