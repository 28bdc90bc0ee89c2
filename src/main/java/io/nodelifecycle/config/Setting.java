package io.nodelifecycle.config;

import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.ValueType;
import io.nodelifecycle.config.value.ValueTypes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * One thing that can be set.
 *
 * @param name without hyphens in front; the key in the config file
 * @param shortName one letter that works with a single hyphen
 * @param group subject under which it is listed
 * @param type how a value, or each element of a list, is read and written
 * @param form one value or a list
 * @param defaultText the default as somebody would write it
 * @param help what it does, whole sentences
 * @param caution further values that are refused or warned about, as the reference tells them
 * @param isOnlyFlag whether it has no place in the config file
 * @param <T> type of a value, or of each element of a list
 */
record Setting<T>(
    String name,
    Optional<String> shortName,
    SettingGroup group,
    ValueType<T> type,
    Form form,
    String defaultText,
    String help,
    String caution,
    boolean isOnlyFlag) {

  /** How the values of several flags and of the file come together. */
  enum Form {
    /** One value: the last flag, else the file. */
    SINGLE,
    /** A comma-separated list: the elements of all flags, else those of the file. */
    LIST,
    /** A comma-separated list: the elements of the file, then those of all flags. */
    MERGED_LIST
  }

  static <T> Setting<T> of(
      String name, SettingGroup group, ValueType<T> type, String defaultText, String help) {
    return new Setting<>(
        name, Optional.empty(), group, type, Form.SINGLE, defaultText, help, "", false);
  }

  Setting<T> as(Form form) {
    return new Setting<>(
        name, shortName, group, type, form, defaultText, help, caution, isOnlyFlag);
  }

  Setting<T> withShortName(String shortName) {
    return new Setting<>(
        name, Optional.of(shortName), group, type, form, defaultText, help, caution, isOnlyFlag);
  }

  Setting<T> withCaution(String caution) {
    return new Setting<>(
        name, shortName, group, type, form, defaultText, help, caution, isOnlyFlag);
  }

  Setting<T> onlyAsFlag() {
    return new Setting<>(name, shortName, group, type, form, defaultText, help, caution, true);
  }

  boolean isSingle() {
    return form == Form.SINGLE;
  }

  /** The flag as it is usually written: {@code --config}, {@code -v}. */
  String flag() {
    return name.length() == 1 ? "-" + name : "--" + name;
  }

  /** All spellings, the usual one first; Kubernetes lets an underscore pass for a hyphen. */
  List<String> flags() {
    var spellings = new LinkedHashSet<String>();
    spellings.add(flag());
    spellings.add("--" + name);
    spellings.add("--" + name.replace('-', '_'));
    shortName.ifPresent(letter -> spellings.add("-" + letter));
    return List.copyOf(spellings);
  }

  /** Whether the flag may stand without a value, which then is {@code true}. */
  boolean isSwitch() {
    return type.placeholder().equals(ValueTypes.bool().placeholder());
  }

  /** The texts of single values within {@code text}. */
  List<String> elements(String text) {
    return isSingle() ? List.of(text) : ValueTypes.words(text);
  }

  /** The default's elements; one for a single value. */
  List<T> defaults() {
    return elements(defaultText).stream().map(this::defaultElement).toList();
  }

  private T defaultElement(String text) {
    return switch (type.parse(text)) {
      case Parsed.Good<T>(var value) -> value;
      case Parsed.Bad<T>(var what, _) ->
          throw new IllegalStateException("default of " + name + ": " + text + " " + what);
    };
  }
}
