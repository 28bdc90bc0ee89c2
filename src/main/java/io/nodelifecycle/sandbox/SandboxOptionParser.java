package io.nodelifecycle.sandbox;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import io.nodelifecycle.config.value.WholeNumber;
import io.nodelifecycle.sandbox.story.ClusterShape;
import io.nodelifecycle.sandbox.story.StoryScale;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Reads the command line of the sandbox; all problems at once. */
final class SandboxOptionParser {
  static final String HELP =
      """
      Usage: node-lifecycle-controller sandbox [--option=value ...]

      Plays a story on an in-memory cluster with the real controller: nodes die and come back, a
      zone goes, everything goes, all heal. Shows what happens and checks it. Needs no cluster.

        --keep-running       go on after the story until Ctrl-C
        --nodes=N            number of nodes in all zones together (default 12)
        --zones=N            number of zones (default 3)
        --pods-per-node=N    number of pods on each node (default 6)
        --port=N             port of the API server on 127.0.0.1 (default: any free port)
        --story=FILE         play your own story; docs/sandbox.md describes the format
        --plain              print lines, also on a terminal
        --help               show this

      Colours are left out if the environment variable NO_COLOR is set.
      Exit code: 0 if every expectation held, 1 if one did not, 2 for unusable options or stories.
      """;

  private static final int PORT_MAX = 65_535;

  /** The default story has a node that dies, one that comes back, and a whole zone that goes. */
  private static final int ZONES_OF_DEFAULT_STORY = 3;

  private static final int KINDS_OF_DEFAULT_STORY = 5;

  private final List<String> problems = new ArrayList<>();

  /** What reading came to: options, or problems and no options. */
  record Outcome(Optional<SandboxOptions> options, List<String> problems) {}

  private SandboxOptionParser() {}

  /** Reads the arguments that follow the word {@code sandbox}. */
  static Outcome parse(List<String> arguments) {
    var parser = new SandboxOptionParser();
    var options = parser.read(arguments);
    return parser.problems.isEmpty() || options.isHelpWanted()
        ? new Outcome(Optional.of(options), List.of())
        : new Outcome(Optional.empty(), List.copyOf(parser.problems));
  }

  private SandboxOptions read(List<String> arguments) {
    var spec = CommandSpec.create();
    for (var name : List.of("--keep-running", "--plain", "--help")) {
      spec.addOption(OptionSpec.builder(name).type(boolean.class).arity("0").build());
    }
    for (var name : List.of("--nodes", "--zones", "--pods-per-node", "--port", "--story")) {
      spec.addOption(OptionSpec.builder(name).type(String.class).arity("1").build());
    }
    spec.parser()
        .collectErrors(true)
        .unmatchedArgumentsAllowed(true)
        .overwrittenOptionsAllowed(true);
    var result = new CommandLine(spec).parseArgs(arguments.toArray(String[]::new));
    result
        .errors()
        .forEach(error -> problems.add(Quoted.plain(String.valueOf(error.getMessage()))));
    result.unmatched().forEach(word -> refuse(word, spec));
    var nodes = number(result, "--nodes", 1, ClusterShape.NODES_MAX);
    var zones = number(result, "--zones", 1, ClusterShape.ZONES_MAX);
    var pods = number(result, "--pods-per-node", 0, ClusterShape.PODS_PER_NODE_MAX);
    var story = Optional.<String>ofNullable(result.matchedOptionValue("--story", null));
    if (story.isEmpty()) {
      checkDefaultStory(nodes, zones, pods);
    }
    return new SandboxOptions(
        result.hasMatchedOption("--help"),
        result.hasMatchedOption("--keep-running"),
        new StoryScale(nodes, zones, pods),
        number(result, "--port", 0, PORT_MAX).orElse(0),
        story.flatMap(this::path),
        result.hasMatchedOption("--plain"));
  }

  private void checkDefaultStory(OptionalInt nodes, OptionalInt zones, OptionalInt pods) {
    int zoneCount = zones.orElse(ZONES_OF_DEFAULT_STORY);
    if (zones.isPresent() && zoneCount < ZONES_OF_DEFAULT_STORY) {
      problems.add("--zones=" + zoneCount + ": the story needs at least 3; or give your own");
    } else if (nodes.isPresent() && nodes.getAsInt() < 2 * zoneCount) {
      problems.add(
          "--nodes=%d: the story needs at least 2 in each of the %d zones; or give your own"
              .formatted(nodes.getAsInt(), zoneCount));
    }
    if (pods.isPresent() && pods.getAsInt() < KINDS_OF_DEFAULT_STORY) {
      problems.add(
          "--pods-per-node=%d: the story needs one of each of its 5 kinds of pods; or give your own"
              .formatted(pods.getAsInt()));
    }
  }

  private void refuse(String word, CommandSpec spec) {
    var name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    problems.add(
        Quoted.of(name)
            + " is no option of the sandbox"
            + Suggestion.question(name, spec.optionsMap().keySet())
            + "; sandbox --help lists them");
  }

  private OptionalInt number(ParseResult result, String name, int least, int greatest) {
    String text = result.matchedOptionValue(name, null);
    return text == null
        ? OptionalInt.empty()
        : WholeNumber.read(name, text, least, greatest, problems);
  }

  private Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException _) {
      problems.add("--story=" + Quoted.plain(text) + ": is no path");
      return Optional.empty();
    }
  }
}
