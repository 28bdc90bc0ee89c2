package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.sandbox.yaml.YamlField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads what happens in a chapter. */
final class ActionReader {
  private static final List<String> VERBS =
      List.of(
          "kill",
          "return",
          "report",
          "taint",
          "untaint",
          "cordon",
          "uncordon",
          "label",
          "delete-pods",
          "add-node",
          "remove-node",
          "api-down");
  private static final Pattern TAINT = Pattern.compile("([^=:\\s]+)(?:=([^:\\s]*))?:(\\w+)");
  private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");
  private static final Pattern CONDITION = Pattern.compile("(\\w+)=(True|False|Unknown)");
  private static final Pattern LABEL = Pattern.compile("([^=\\s]+)=(\\S*)");

  private final NodeWords words;
  private final List<String> kinds;

  /** A reader for a cluster with these kinds of pods. */
  ActionReader(NodeWords words, List<String> kinds) {
    this.words = words;
    this.kinds = kinds;
  }

  /** One action; nothing where it is wrong, which is noted. */
  Optional<StoryAction> read(YamlField field) {
    var verb = VERBS.stream().filter(field::has).findFirst();
    if (verb.isEmpty()) {
      field.refuse("says none of " + String.join(", ", VERBS));
      return Optional.empty();
    }
    var value = field.get(verb.get()).orElseThrow();
    var action = read(verb.get(), value, field);
    field.refuseOthers();
    return action;
  }

  private Optional<StoryAction> read(String verb, YamlField value, YamlField whole) {
    return switch (verb) {
      case "kill" -> nodes(value, StoryAction.Kill::new);
      case "return" -> nodes(value, StoryAction.Return::new);
      case "cordon" -> nodes(value, nodes -> new StoryAction.Cordon(nodes, true));
      case "uncordon" -> nodes(value, nodes -> new StoryAction.Cordon(nodes, false));
      case "taint" ->
          taint(value).flatMap(taint -> on(whole, nodes -> new StoryAction.AddTaint(nodes, taint)));
      case "untaint" ->
          taint(value)
              .flatMap(taint -> on(whole, nodes -> new StoryAction.RemoveTaint(nodes, taint)));
      case "report" -> report(value, whole);
      case "label" -> label(value, whole);
      case "delete-pods" ->
          kind(value).flatMap(kind -> on(whole, n -> new StoryAction.DeletePods(n, kind)));
      case "add-node" ->
          words
              .readZone(value)
              .map(zone -> {
                var name = words.join(zone);
                return new StoryAction.AddNode(new NodeSet(name, List.of(name)), zone);
              });
      case "remove-node" -> nodes(value, StoryAction.RemoveNode::new);
      case "api-down" -> value.duration().map(StoryAction.ApiDown::new);
      default -> throw new IllegalStateException("no reader for " + verb);
    };
  }

  private Optional<StoryAction> nodes(YamlField field, Function<NodeSet, StoryAction> action) {
    return words.read(field).map(action);
  }

  private Optional<StoryAction> on(YamlField whole, Function<NodeSet, StoryAction> action) {
    return whole.get("on").flatMap(field -> nodes(field, action));
  }

  private Optional<StoryAction> report(YamlField value, YamlField whole) {
    var text = value.text();
    var matcher = CONDITION.matcher(text.orElse(""));
    if (!matcher.matches()) {
      text.ifPresent(t -> value.refuse(Quoted.of(t) + " is no condition such as Ready=False"));
      return Optional.empty();
    }
    return on(whole, n -> new StoryAction.Report(n, matcher.group(1), matcher.group(2)));
  }

  private Optional<StoryAction> label(YamlField value, YamlField whole) {
    var text = value.text();
    var matcher = LABEL.matcher(text.orElse(""));
    if (!matcher.matches()) {
      text.ifPresent(t -> value.refuse(Quoted.of(t) + " is no label such as disk=ssd"));
      return Optional.empty();
    }
    return on(whole, n -> new StoryAction.Label(n, matcher.group(1), matcher.group(2)));
  }

  /** A taint written as kubectl does. */
  static Optional<Taint> taint(YamlField field) {
    return field.text().flatMap(text -> taint(text, field));
  }

  static Optional<Taint> taint(String text, YamlField field) {
    var matcher = TAINT.matcher(text);
    if (!matcher.matches() || !EFFECTS.contains(matcher.group(3))) {
      field.refuse(
          Quoted.of(text)
              + " is no taint: write key=value:NoExecute, or key:NoSchedule without a value");
      return Optional.empty();
    }
    String value = matcher.group(2) == null ? "" : matcher.group(2);
    return Optional.of(new Taint(matcher.group(1), value, matcher.group(3), null));
  }

  /** A kind of pods; empty for {@code all}. */
  Optional<String> kind(YamlField field) {
    var known = new ArrayList<>(kinds);
    known.add("all");
    return field.word(known).map(word -> word.equals("all") ? "" : word);
  }
}
