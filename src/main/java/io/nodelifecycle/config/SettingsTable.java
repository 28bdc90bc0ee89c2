package io.nodelifecycle.config;

import io.nodelifecycle.config.value.Quoted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The effective settings, for the start of the log. There are no secrets among them. */
public final class SettingsTable {
  private static final Row HEADINGS = new Row("NAME", "VALUE", "DEFAULT", "SOURCE");

  private record Row(String name, String value, String defaultValue, String source) {
    boolean isChanged() {
      return !value.equals(defaultValue);
    }
  }

  private final List<Row> rows;

  private SettingsTable(List<Row> rows) {
    this.rows = rows;
  }

  static SettingsTable of(SettingValues values) {
    var rows = new ArrayList<Row>();
    for (var setting : SettingRegistry.all()) {
      if (setting.form() == Setting.Form.MERGED_LIST) {
        for (var gate : FeatureGate.values()) {
          rows.add(row(setting, gate, values));
        }
      } else if (!setting.isOnlyFlag()) {
        rows.add(
            new Row(
                setting.name(),
                values.text(setting),
                setting.defaultText(),
                values.source(setting).text()));
      }
    }
    return new SettingsTable(List.copyOf(rows));
  }

  private static Row row(Setting<?> setting, FeatureGate gate, SettingValues values) {
    return new Row(
        setting.name() + "/" + gate.text(),
        String.valueOf(values.isOn(gate)),
        String.valueOf(gate.isOnByDefault()),
        values.source(gate).text());
  }

  /** Aligned lines under headings; a star marks what differs from its default. */
  public String text() {
    String format =
        "%s %-"
            + width(Row::name)
            + "s  %-"
            + width(Row::value)
            + "s  %-"
            + width(Row::defaultValue)
            + "s  %s";
    var text = new StringBuilder();
    Stream.concat(Stream.of(HEADINGS), rows.stream())
        .map(row -> line(format, row).stripTrailing())
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private int width(Function<Row, String> column) {
    return Stream.concat(Stream.of(HEADINGS), rows.stream())
        .mapToInt(row -> shown(column.apply(row)).length())
        .max()
        .orElse(0);
  }

  private static String line(String format, Row row) {
    String mark = row.isChanged() && !row.equals(HEADINGS) ? "*" : " ";
    return format.formatted(
        mark, row.name(), shown(row.value()), shown(row.defaultValue()), shown(row.source()));
  }

  private static String shown(String text) {
    return text.isEmpty() ? "-" : Quoted.plain(text);
  }

  /**
   * The same for a structured log: by name, in the order of the registry, a map with {@code value},
   * {@code default} and {@code source}. All leaves are texts.
   */
  public Map<String, Object> record() {
    var record = new LinkedHashMap<String, Object>();
    for (var row : rows) {
      record.put(
          row.name(),
          Map.of("value", row.value(), "default", row.defaultValue(), "source", row.source()));
    }
    return Collections.unmodifiableMap(record);
  }
}
