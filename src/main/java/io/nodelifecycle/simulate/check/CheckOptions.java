package io.nodelifecycle.simulate.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code simulate --check} is asked to do.
 *
 * @param first the first seed
 * @param count how many
 * @param trace where what happens is written down, for one seed; none if nowhere
 */
record CheckOptions(long first, long count, Optional<Path> trace) {
  static final String HELP =
      """
      Usage: node-lifecycle-controller simulate --check [--option=value ...]

      Runs small clusters with everything that can go wrong, each drawn from a number, and checks
      after every step that nothing happened that must never happen. The same seed is the same run.

        --seeds=N        how many seeds (default 200)
        --first-seed=S   the first of them (default 1)
        --trace=FILE     for one seed: write down everything that happens; docs/testing.md
                         describes the columns
        --help           show this

      Exit code: 0 if nothing was found, 1 if something was, 2 for unusable options.
      """;

  private static final String SEEDS = "--seeds=";
  private static final String FIRST = "--first-seed=";
  private static final String TRACE = "--trace=";
  private static final long SEEDS_MAX = 1_000_000_000;

  /** Options, or what is wrong with them. */
  sealed interface Outcome {
    record Good(CheckOptions options) implements Outcome {}

    record Bad(List<String> problems) implements Outcome {}

    record Help() implements Outcome {}
  }

  /** Reads the words after {@code simulate}, of which one is {@code --check}. */
  static Outcome parse(List<String> words) {
    List<String> problems = new ArrayList<>();
    var first = 1L;
    var count = 200L;
    Optional<Path> trace = Optional.empty();
    for (var word : words) {
      if (word.equals("--help")) {
        return new Outcome.Help();
      } else if (word.startsWith(SEEDS)) {
        count = number(SEEDS, word, 1, problems);
      } else if (word.startsWith(FIRST)) {
        first = number(FIRST, word, 0, problems);
      } else if (word.startsWith(TRACE) && word.length() > TRACE.length()) {
        trace = Optional.of(Path.of(word.substring(TRACE.length())));
      } else if (!word.equals("--check")) {
        problems.add(word + ": no option of --check; there are --seeds, --first-seed and --trace");
      }
    }
    if (trace.isPresent() && count != 1) {
      problems.add("--trace: needs --seeds=1");
    }
    return problems.isEmpty()
        ? new Outcome.Good(new CheckOptions(first, count, trace))
        : new Outcome.Bad(problems);
  }

  private static long number(String option, String word, long least, List<String> problems) {
    var text = word.substring(option.length());
    if (text.matches("[0-9]{1,10}")) {
      var number = Long.parseLong(text);
      if (number >= least && number <= SEEDS_MAX) {
        return number;
      }
    }
    problems.add(word + ": want a number from " + least + " to " + SEEDS_MAX);
    return least;
  }
}
