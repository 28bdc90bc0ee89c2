package io.nodelifecycle.config;

import static io.nodelifecycle.config.SettingRegistry.CONFIG;
import static io.nodelifecycle.config.SettingRegistry.CONTEXT;
import static io.nodelifecycle.config.SettingRegistry.HELP;
import static io.nodelifecycle.config.SettingRegistry.KUBECONFIG;
import static io.nodelifecycle.config.SettingRegistry.MASTER;
import static io.nodelifecycle.config.SettingRegistry.VERSION;

import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The way from the arguments of the program to its settings. Finds every problem in one go: in the
 * command line, in the config file and between the two. Contacts nothing and prints nothing.
 */
public final class CommandLineSettings {
  private final String version;
  private final SubcommandNames subcommands;

  /**
   * A reader of command lines.
   *
   * @param version what {@code --version} prints
   * @param subcommands words that the caller handles before it comes here
   */
  public CommandLineSettings(String version, SubcommandNames subcommands) {
    this.version = version;
    this.subcommands = subcommands;
  }

  /** Every flag of the program, with the hyphens before it. */
  public static Set<String> knownFlags() {
    return SettingRegistry.all().stream()
        .flatMap(setting -> setting.flags().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Reads the arguments that follow the program's name. Asking for help wins over any problem. */
  public ParseOutcome parse(List<String> arguments, StartEnvironment environment) {
    var flags = FlagParser.parse(arguments, subcommands);
    var onlyFlags = new SettingValues(flags.given());
    if (onlyFlags.get(HELP)) {
      return new ParseOutcome.Help(HelpText.of(subcommands));
    }
    if (onlyFlags.get(VERSION)) {
      return new ParseOutcome.Help("node-lifecycle-controller " + version + "\n");
    }
    var file =
        onlyFlags
            .get(CONFIG)
            .map(path -> readFile(path, onlyFlags.subject(CONFIG), environment.files()))
            .orElse(Reading.EMPTY);
    return judge(flags, file, environment);
  }

  private static Reading readFile(Path path, String subject, FileSource files) {
    String remedy = "name a readable YAML file";
    var obstacle = files.obstacle(path);
    if (obstacle.isPresent()) {
      return Reading.failed(new Problem(subject, obstacle.get(), remedy));
    }
    try {
      return ConfigFile.read(Quoted.plain(path.toString()), files.read(path));
    } catch (IOException exception) {
      String what = "cannot be read: " + Quoted.plain(String.valueOf(exception.getMessage()));
      return Reading.failed(new Problem(subject, what, remedy));
    }
  }

  private static ParseOutcome judge(Reading flags, Reading file, StartEnvironment environment) {
    var given = new ArrayList<>(flags.given());
    given.addAll(file.given());
    var values = new SettingValues(given);
    var problems = new ArrayList<>(flags.problems());
    problems.addAll(file.problems());
    problems.addAll(values.problems());
    problems.addAll(SettingChecks.problems(values));
    if (!values.areGood(KUBECONFIG, MASTER, CONTEXT)) {
      return new ParseOutcome.Refused(problems);
    }
    return switch (new AccessSearch(values, environment).find()) {
      case Parsed.Bad<ClusterAccess>(var what, var remedy) -> {
        problems.add(new Problem(accessSubject(values), what, remedy));
        yield new ParseOutcome.Refused(problems);
      }
      case Parsed.Good<ClusterAccess>(var access) ->
          problems.isEmpty() ? run(values, access) : new ParseOutcome.Refused(problems);
    };
  }

  private static String accessSubject(SettingValues values) {
    return values.get(KUBECONFIG).isPresent()
        ? values.subject(KUBECONFIG)
        : KUBECONFIG.flag() + " (not given)";
  }

  private static ParseOutcome run(SettingValues values, ClusterAccess access) {
    return new ParseOutcome.Run(
        Settings.from(values, access), SettingsTable.of(values), SettingChecks.warnings(values));
  }
}
