package io.nodelifecycle.config;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Finds flags and their values among the arguments as Go's flag libraries do: {@code --flag=value},
 * {@code --flag value}, {@code --switch}, {@code --switch=false}. Values are not read here. One for
 * each command line.
 */
final class FlagParser {
  private static final Pattern ATTACHED_VERBOSITY = Pattern.compile("-v([0-9]+)");
  private static final String END_OF_FLAGS = "--";
  private static final String NOT_ATTACHED = " ";

  private final Map<String, Setting<?>> settings = new HashMap<>();
  private final List<Given> given = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final SubcommandNames subcommands;

  private FlagParser(SubcommandNames subcommands) {
    this.subcommands = subcommands;
    for (var setting : SettingRegistry.all()) {
      setting.flags().forEach(flag -> settings.put(flag, setting));
    }
  }

  static Reading parse(List<String> arguments, SubcommandNames subcommands) {
    var parser = new FlagParser(subcommands);
    parser.read(arguments.stream().map(FlagParser::detached).toList());
    return new Reading(parser.given, parser.problems);
  }

  private static String detached(String argument) {
    return ATTACHED_VERBOSITY.matcher(argument).replaceFirst("-v=$1");
  }

  private void read(List<String> arguments) {
    var spec = CommandSpec.create().interpolateVariables(false);
    spec.parser()
        .unmatchedArgumentsAllowed(true)
        .posixClusteredShortOptionsAllowed(false)
        .trimQuotes(false);
    SettingRegistry.all().forEach(setting -> spec.addOption(option(setting)));
    var commandLine = new CommandLine(spec).setExpandAtFiles(false);
    var result = commandLine.parseArgs(arguments.toArray(String[]::new));
    refuseUnmatched(result.unmatched(), arguments);
  }

  private OptionSpec option(Setting<?> setting) {
    return OptionSpec.builder(setting.flags().toArray(String[]::new))
        .arity("1")
        .type(String.class)
        .preprocessor((arguments, _, _, facts) ->
            take(setting, arguments, !NOT_ATTACHED.equals(facts.get("separator"))))
        .build();
  }

  /** Takes the value off the arguments; true tells picocli that nothing is left to do. */
  private boolean take(Setting<?> setting, Stack<String> arguments, boolean isAttached) {
    if (!isAttached && setting.isSwitch()) {
      given.add(new Given(setting, "true", new Source.Flag()));
    } else if (!isAttached && (arguments.isEmpty() || isFlag(arguments.peek()))) {
      problems.add(
          new Problem(
              setting.flag(),
              "has no value",
              "write " + setting.flag() + "=" + setting.type().placeholder()));
    } else {
      given.add(new Given(setting, arguments.pop(), new Source.Flag()));
    }
    return true;
  }

  private boolean isFlag(String argument) {
    return argument.equals(END_OF_FLAGS) || settings.containsKey(flagOf(argument));
  }

  private static String flagOf(String argument) {
    int equals = argument.indexOf('=');
    return equals < 0 ? argument : argument.substring(0, equals);
  }

  private void refuseUnmatched(List<String> unmatched, List<String> arguments) {
    int from = 0;
    for (var word : unmatched) {
      int at = from + arguments.subList(from, arguments.size()).indexOf(word);
      String before = at == 0 ? "" : arguments.get(at - 1);
      if (isLikeFlag(word)) {
        problems.add(unknownFlag(word));
      } else if (!isValueOfUnknown(before)) {
        problems.add(strayWord(word, before, at));
      }
      from = at + 1;
    }
  }

  private static boolean isLikeFlag(String word) {
    return word.length() > 1 && word.startsWith("-");
  }

  private boolean isValueOfUnknown(String before) {
    return isLikeFlag(before)
        && !before.equals(END_OF_FLAGS)
        && !before.contains("=")
        && !settings.containsKey(before);
  }

  private Problem unknownFlag(String word) {
    var known = SettingRegistry.all().stream().map(Setting::flag).toList();
    String flag = flagOf(word);
    if (settings.containsKey(flag)) {
      return new Problem(flag, "comes after --, where the flags end", "write it before the --");
    }
    String spelled = flag.startsWith("--") ? flag : "-" + flag;
    return new Problem(
        Quoted.plain(flag),
        "is no known flag" + Suggestion.question(spelled, known),
        "correct it or leave it out (--help lists all flags)");
  }

  private Problem strayWord(String word, String before, int at) {
    var setting = settings.get(before);
    if (setting != null && setting.isSwitch()) {
      return new Problem(
          Quoted.of(word),
          "does not belong to " + before + ", which is a switch",
          "write " + before + "=" + Quoted.plain(word));
    }
    return at == 0 ? subcommands.refuse(word) : subcommands.refuseStray(word);
  }
}
