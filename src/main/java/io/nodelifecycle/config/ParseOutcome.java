package io.nodelifecycle.config;

import java.util.List;

/** What the command line asks for. */
public sealed interface ParseOutcome {

  /**
   * Run the controller.
   *
   * @param table the effective settings, to be shown at start
   * @param warnings to be shown too
   */
  record Run(Settings settings, SettingsTable table, List<Problem> warnings)
      implements ParseOutcome {

    /** Takes a copy of the warnings. */
    public Run {
      warnings = List.copyOf(warnings);
    }
  }

  /** Print {@code text} on standard output and exit with 0: the help, or the version. */
  record Help(String text) implements ParseOutcome {}

  /** Print every problem on standard error and exit with 2. There is at least one. */
  record Refused(List<Problem> problems) implements ParseOutcome {

    /** Takes a copy of the problems. */
    public Refused {
      problems = List.copyOf(problems);
    }

    /** All problems, one a line, with a line before them; ends with a line break. */
    public String text() {
      var text = new StringBuilder("node-lifecycle-controller cannot start:\n");
      problems.forEach(problem -> text.append("  ").append(problem.text()).append('\n'));
      return text.toString();
    }
  }
}
