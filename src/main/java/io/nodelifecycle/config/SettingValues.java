package io.nodelifecycle.config;

import io.nodelifecycle.config.value.Parsed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The effective values: what was given, a flag over the file over the default, and what is wrong.
 */
final class SettingValues implements SettingReader {

  /** A value that was read, and what it was read from. */
  private record Value(Object value, Given given) {}

  private final Map<String, List<Value>> values = new HashMap<>();
  private final Map<String, Given> lastFlags = new HashMap<>();
  private final Map<String, Given> lastFile = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  SettingValues(List<Given> given) {
    given.forEach(this::add);
  }

  private void add(Given given) {
    String name = given.setting().name();
    (isFlag(given) ? lastFlags : lastFile).put(name, given);
    for (var text : given.setting().elements(given.text())) {
      read(new Given(given.setting(), text, given.source()));
    }
  }

  private void read(Given element) {
    String name = element.setting().name();
    switch (element.setting().type().parse(element.text())) {
      case Parsed.Good<?>(var value) ->
          values.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Value(value, element));
      case Parsed.Bad<?>(var what, var remedy) -> {
        refused.add(name);
        problems.add(new Problem(element.subject(), what, remedy));
      }
    }
  }

  /** What could not be read. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Whether nothing that was given for these settings was refused. */
  boolean areGood(Setting<?>... settings) {
    return List.of(settings).stream().noneMatch(setting -> refused.contains(setting.name()));
  }

  /** Whether somebody set it, be it to its default. */
  boolean isGiven(Setting<?> setting) {
    return last(setting).isPresent();
  }

  private Optional<Given> last(Setting<?> setting) {
    return Optional.ofNullable(lastFlags.get(setting.name()))
        .or(() -> Optional.ofNullable(lastFile.get(setting.name())));
  }

  @Override
  public <T> T get(Setting<T> setting) {
    return all(setting).getLast();
  }

  @Override
  @SuppressWarnings("unchecked") // the setting's own type has read the value
  public <T> List<T> all(Setting<T> setting) {
    var effective = effective(setting);
    if (!isGiven(setting) || (setting.isSingle() && effective.isEmpty())) {
      return setting.defaults();
    }
    return effective.stream().map(value -> (T) value.value()).toList();
  }

  private List<Value> effective(Setting<?> setting) {
    var all = values.getOrDefault(setting.name(), List.of());
    var flags = all.stream().filter(value -> isFlag(value.given())).toList();
    var file = all.stream().filter(value -> !isFlag(value.given())).toList();
    var winning = lastFlags.containsKey(setting.name()) ? flags : file;
    return switch (setting.form()) {
      case SINGLE -> winning.subList(Math.max(0, winning.size() - 1), winning.size());
      case LIST -> winning;
      case MERGED_LIST -> Stream.concat(file.stream(), flags.stream()).toList();
    };
  }

  private static boolean isFlag(Given given) {
    return given.source() instanceof Source.Flag;
  }

  @Override
  public boolean isOn(FeatureGate gate) {
    return choice(gate)
        .map(value -> ((FeatureGate.Choice) value.value()).isOn())
        .orElse(gate.isOnByDefault());
  }

  private Optional<Value> choice(FeatureGate gate) {
    return effective(SettingRegistry.FEATURE_GATES).stream()
        .filter(value -> ((FeatureGate.Choice) value.value()).gate() == gate)
        .reduce((_, last) -> last);
  }

  /** Where the effective value comes from. */
  Source source(Setting<?> setting) {
    return last(setting).map(Given::source).orElseGet(Source.Default::new);
  }

  /** Where a gate's effective value comes from. */
  Source source(FeatureGate gate) {
    return choice(gate).map(value -> value.given().source()).orElseGet(Source.Default::new);
  }

  /** How a problem with the effective value names it. */
  String subject(Setting<?> setting) {
    return last(setting)
        .map(Given::subject)
        .orElseGet(() -> setting.flag() + " (default " + setting.defaultText() + ")");
  }

  /** How a problem with a gate names it. */
  String subject(FeatureGate gate) {
    return choice(gate)
        .map(value -> value.given().subject())
        .orElse(gate.text() + " (default " + gate.isOnByDefault() + ")");
  }

  /** The effective value as somebody would write it. */
  <T> String text(Setting<T> setting) {
    var texts = all(setting).stream().map(setting.type()::format).toList();
    return String.join(",", texts);
  }
}
