package io.nodelifecycle.config;

import java.util.ArrayList;
import java.util.List;

/** What {@code --help} prints: every flag under its subject, with unit and default. */
final class HelpText {
  private static final int WIDTH = 80;
  private static final String INDENT = "      ";

  private HelpText() {}

  static String of(SubcommandNames subcommands) {
    var text = new StringBuilder();
    text.append(
            "Judges the health of Kubernetes nodes, taints silent ones and evicts their pods.\n")
        .append("\nUsage: node-lifecycle-controller [--flag=value ...]\n");
    for (var name : subcommands.names()) {
      text.append("       node-lifecycle-controller ").append(name).append(" [--help]\n");
    }
    text.append("\nDurations are written as in 1m30s, 100ms or 1.5h..\n");
    for (var group : SettingGroup.values()) {
      text.append('\n').append(group.title()).append(":\n");
      SettingRegistry.of(group).forEach(setting -> append(text, setting));
    }
    text.append("\nFeature gates:\n");
    for (var gate : FeatureGate.values()) {
      text.append("  ").append(gate.text()).append("=").append(gate.isOnByDefault()).append('\n');
      wrapped(gate.help()).forEach(line -> text.append(INDENT).append(line).append('\n'));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Setting<?> setting) {
    text.append("  ");
    setting.shortName().ifPresent(letter -> text.append('-').append(letter).append(", "));
    text.append(setting.flag());
    if (!setting.isSwitch()) {
      text.append('=').append(setting.type().placeholder());
    }
    text.append('\n');
    wrapped(setting.help() + " " + facts(setting))
        .forEach(line -> text.append(INDENT).append(line).append('\n'));
  }

  private static String facts(Setting<?> setting) {
    var facts = new ArrayList<String>();
    facts.add(setting.type().values());
    if (!setting.defaultText().isEmpty()) {
      facts.add("default " + setting.defaultText());
    }
    if (!setting.caution().isEmpty()) {
      facts.add(setting.caution());
    }
    return "(" + String.join("; ", facts) + ")";
  }

  private static List<String> wrapped(String sentence) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : sentence.split(" ", -1)) {
      if (!line.isEmpty() && INDENT.length() + line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
