package io.nodelifecycle.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Command lines, and what comes of them, in tests. */
final class CommandLines {
  static final String ADDRESS = "https://10.1.2.3:6443";
  static final SubcommandNames SUBCOMMANDS = new SubcommandNames(List.of("sandbox", "simulate"));
  private static final List<String> NEEDED =
      List.of("--leader-elect=false", "--secure-port=0", "--master=" + ADDRESS);

  private CommandLines() {}

  /** Exactly these arguments, no environment variables. */
  static ParseOutcome parse(FileSource files, List<String> arguments) {
    return new CommandLineSettings("1.2.3", SUBCOMMANDS)
        .parse(arguments, new StartEnvironment(Map.of(), files));
  }

  /** What a start needs, then these arguments. */
  static ParseOutcome start(FileSource files, String... arguments) {
    var all = new ArrayList<>(NEEDED);
    all.addAll(List.of(arguments));
    return parse(files, all);
  }

  /** The settings of a start that succeeds. */
  static Settings settings(String... arguments) {
    return run(new MemoryFiles(), arguments).settings();
  }

  /** The warnings of a start that succeeds. */
  static List<String> warnings(String... arguments) {
    return run(new MemoryFiles(), arguments).warnings().stream().map(Problem::text).toList();
  }

  static ParseOutcome.Run run(FileSource files, String... arguments) {
    return switch (start(files, arguments)) {
      case ParseOutcome.Run run -> run;
      case ParseOutcome.Refused refused -> throw new AssertionError(refused.text());
      case ParseOutcome.Help help -> throw new AssertionError(help.text());
    };
  }

  /** The problems of a start; none where it succeeds. */
  static List<String> problems(String... arguments) {
    return problems(start(new MemoryFiles(), arguments));
  }

  /** The problems of a start with a config file {@code c.yaml}. */
  static List<String> fileProblems(String yaml, String... arguments) {
    var all = new ArrayList<>(List.of("--config=c.yaml"));
    all.addAll(List.of(arguments));
    return problems(start(new MemoryFiles().with("c.yaml", yaml), all.toArray(String[]::new)));
  }

  /** The run of a start with a config file {@code c.yaml}. */
  static ParseOutcome.Run fileRun(String yaml, String... arguments) {
    var all = new ArrayList<>(List.of("--config=c.yaml"));
    all.addAll(List.of(arguments));
    return run(new MemoryFiles().with("c.yaml", yaml), all.toArray(String[]::new));
  }

  private static List<String> problems(ParseOutcome outcome) {
    return switch (outcome) {
      case ParseOutcome.Run _ -> List.of();
      case ParseOutcome.Refused refused -> refused.problems().stream().map(Problem::text).toList();
      case ParseOutcome.Help help -> throw new AssertionError(help.text());
    };
  }
}
