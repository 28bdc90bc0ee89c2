package io.nodelifecycle.config;

import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import io.nodelifecycle.config.value.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One of the controllers that {@code --controllers} switches on and off. */
enum ControllerName {
  NODE_LIFECYCLE("node-lifecycle-controller", "nodelifecycle"),
  TAINT_EVICTION("taint-eviction-controller", "");

  private static final String ALL = "*";

  private final String text;
  private final String oldName;

  /** The old name is empty where there is none. */
  ControllerName(String text, String oldName) {
    this.text = text;
    this.oldName = oldName;
  }

  String text() {
    return text;
  }

  /**
   * One word of the list.
   *
   * @param controller empty for {@code *}, which stands for all that the list does not name
   * @param isOn false for a name with a hyphen before it
   */
  record Choice(Optional<ControllerName> controller, boolean isOn) {}

  /** Whether {@code choices} switch this controller on; the first word that names it decides. */
  boolean isOn(List<Choice> choices) {
    return choices.stream()
        .filter(choice -> choice.controller().equals(Optional.of(this)))
        .findFirst()
        .map(Choice::isOn)
        .orElseGet(() -> choices.stream().anyMatch(choice -> choice.controller().isEmpty()));
  }

  /** Type of one word: a name, an alias, either with a hyphen before it, or {@code *}. */
  static ValueType<Choice> choices() {
    return new ValueType<>(
        "NAME,...",
        "list of * (all), NAME (on), -NAME (off); the first that fits decides. Names: "
            + String.join(", ", names()),
        "unknown name",
        ControllerName::parse,
        ControllerName::format);
  }

  private static Parsed<Choice> parse(String word) {
    if (word.equals(ALL)) {
      return Parsed.good(new Choice(Optional.empty(), true));
    }
    boolean isOn = !word.startsWith("-");
    String name = isOn ? word : word.substring(1);
    return Arrays.stream(values())
        .filter(known -> known.text.equals(name) || (!name.isEmpty() && known.oldName.equals(name)))
        .findFirst()
        .map(known -> Parsed.good(new Choice(Optional.of(known), isOn)))
        .orElseGet(() ->
            Parsed.bad(
                "has the unknown controller "
                    + Quoted.of(name)
                    + Suggestion.question(name, names()),
                "give *, NAME or -NAME; known names: " + String.join(", ", names())));
  }

  private static String format(Choice choice) {
    return choice
        .controller()
        .map(controller -> (choice.isOn() ? "" : "-") + controller.text)
        .orElse(ALL);
  }

  private static List<String> names() {
    return Arrays.stream(values())
        .flatMap(known -> Stream.of(known.text, known.oldName))
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
