package io.nodelifecycle.config;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import java.util.List;
import java.util.Optional;

/**
 * The words that may come first on the command line and name something other than the controller.
 *
 * @param names in the order in which they are listed
 */
public record SubcommandNames(List<String> names) {

  /** Takes a copy of the names. */
  public SubcommandNames {
    names = List.copyOf(names);
  }

  /** The subcommand that these arguments call; empty where they are for the controller itself. */
  public Optional<String> calledBy(List<String> arguments) {
    return arguments.stream().limit(1).filter(names::contains).findFirst();
  }

  /** What to say about a first word that is none of the names. */
  public Problem refuse(String word) {
    String known = names.isEmpty() ? "" : ", or one of: " + String.join(", ", names);
    return new Problem(
        Quoted.of(word),
        "is no known command" + Suggestion.question(word, names),
        "begin with a flag (--help lists them)" + known);
  }

  /** What to say about a word elsewhere. */
  Problem refuseStray(String word) {
    return names.contains(word)
        ? new Problem(Quoted.of(word), "is a command in the wrong place", "write it first")
        : new Problem(
            Quoted.of(word), "belongs to no flag", "write --flag=value, or leave the word out");
  }
}
