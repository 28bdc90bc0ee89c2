package io.nodelifecycle.config;

import io.nodelifecycle.config.value.Quoted;

/**
 * A text that somebody gave for a setting: one value, or one element of a list.
 *
 * @param setting what it is for
 * @param text not yet read as a value
 * @param source where it was given
 */
record Given(Setting<?> setting, String text, Source source) {

  /** How a problem names it. */
  String subject() {
    return switch (source) {
      case Source.Default() -> setting.name();
      case Source.Flag() -> setting.flag() + "=" + Quoted.plain(text);
      case Source.File file ->
          Quoted.plain(file.text()) + ": " + setting.name() + ": " + Quoted.plain(text);
    };
  }
}
