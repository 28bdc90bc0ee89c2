package io.nodelifecycle.config;

/** Where a value comes from. */
sealed interface Source {

  /** Nobody set it. */
  record Default() implements Source {}

  /** The command line. */
  record Flag() implements Source {}

  /**
   * The config file.
   *
   * @param file its path as given
   * @param line counted from 1
   */
  record File(String file, int line) implements Source {}

  /** As the table at start says it. */
  default String text() {
    return switch (this) {
      case Default() -> "default";
      case Flag() -> "flag";
      case File(var file, var line) -> file + ":" + line;
    };
  }
}
