package io.nodelifecycle.config;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference of all settings as Markdown. */
final class FlagsDocument {
  private FlagsDocument() {}

  static String markdown() {
    var text = new StringBuilder(INTRODUCTION);
    for (var group : SettingGroup.values()) {
      text.append("\n## ").append(group.title()).append("\n\n");
      text.append("| flag | default | unit, values | meaning | bad value |\n");
      text.append("| --- | --- | --- | --- | --- |\n");
      SettingRegistry.of(group).forEach(setting -> text.append(row(setting)));
    }
    text.append("\n## Feature gates\n\n");
    text.append("| gate | default | meaning | bad value |\n| --- | --- | --- | --- |\n");
    for (var gate : FeatureGate.values()) {
      text.append(
          cells(code(gate.text()), code("" + gate.isOnByDefault()), gate.help(), gate.refused()));
    }
    return text.append(OperatingModesDocument.markdown()).toString();
  }

  private static final String INTRODUCTION =
      """
      # Flags

      Flags are written `--flag=value` or `--flag value`, switches also `--flag` (true) or
      `--flag=false`. Durations are Go's: `1m30s`, `100ms`, `1.5h`. Where a flag is given more than
      once, the last one counts; lists are put together. An underscore passes for a hyphen.

      `--config=FILE` names a YAML file with the same settings, keys without the hyphens in front.
      A flag wins over the file; of the feature gates each one does. `feature-gates` may be a
      mapping or a text, the other lists may be a list or a text.

      ```yaml
      node-monitor-grace-period: 1m
      leader-elect: false
      controllers: ["*"]
      feature-gates:
        TaintTolerationComparisonOperators: true
      ```

      Text that cannot be read as its kind of value is always refused, and so is what the last
      column names, unless it says "warned". All problems are reported at once, on standard error,
      before anything is contacted; the exit code is 2.
      """;

  private static String row(Setting<?> setting) {
    String flags =
        Stream.concat(
                setting.shortName().map(letter -> "-" + letter).stream(), Stream.of(setting.flag()))
            .map(FlagsDocument::code)
            .collect(Collectors.joining(", "));
    String refused =
        setting.type().refused().isEmpty() ? "" : setting.type().refused() + ": refused";
    String bad =
        Stream.of(refused, setting.caution())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("; "));
    return cells(flags, code(setting.defaultText()), setting.type().values(), setting.help(), bad);
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  private static String cells(String... cells) {
    return Stream.of(cells)
        .map(cell -> cell.replace("|", "\\|").replace("<=", "&lt;="))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
