package io.nodelifecycle.simulate;

import io.nodelifecycle.config.CommandLineSettings;
import io.nodelifecycle.config.value.GoDuration;
import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.config.value.Suggestion;
import io.nodelifecycle.config.value.WholeNumber;
import io.nodelifecycle.sandbox.story.ClusterShape;
import io.nodelifecycle.sandbox.story.OutageReader;
import io.nodelifecycle.simulate.cluster.InventedCluster;
import io.nodelifecycle.simulate.plan.ControllerFlags;
import io.nodelifecycle.simulate.plan.OutageOption;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the command line of the simulation; all problems at once. The order of the options about
 * the outage is kept; flags of the controller are passed on as they are.
 */
final class SimulateOptionParser {
  private static final Set<String> SWITCHES = Set.of("--from-cluster", "--help");
  private static final Set<String> SINGLE =
      Set.of(
          "--nodes",
          "--zones",
          "--pods-per-node",
          "--story",
          "--length",
          "--seed",
          "--heartbeat-interval",
          "--timeline",
          "--report",
          "--json");
  private static final Set<String> REPEATABLE =
      Set.of("--snapshot", "--compare", "--kill-zone", "--kill-nodes", "--heal", "--api-down");
  private static final Set<String> ACCESS = Set.of("--kubeconfig", "--context", "--master");
  private static final Duration HEARTBEAT_MIN = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT_MAX = Duration.ofHours(1);
  private static final String HEAL_AT = "--heal@";

  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<String> snapshots = new ArrayList<>();
  private final List<String> comparisons = new ArrayList<>();
  private final List<OutageOption> events = new ArrayList<>();
  private final List<String> flags = new ArrayList<>();
  private final List<String> access = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> controllerFlags = CommandLineSettings.knownFlags();
  private boolean isHelpWanted;

  /** What reading came to: options, or help, or problems. */
  sealed interface Outcome {
    /** Options that are all good. */
    record Run(SimulateOptions options) implements Outcome {}

    /** Only help is wanted. */
    record Help() implements Outcome {}

    /**
     * Something is wrong.
     *
     * @param options with defaults in place of what is wrong: more may be wrong with them
     */
    record Refused(List<String> problems, SimulateOptions options) implements Outcome {}
  }

  private SimulateOptionParser() {}

  /** All options of this subcommand, without the controller's flags. */
  static Set<String> names() {
    var names = new HashSet<>(SWITCHES);
    names.addAll(SINGLE);
    names.addAll(REPEATABLE);
    return names;
  }

  /** Reads the arguments that follow the word {@code simulate}. */
  static Outcome parse(List<String> arguments) {
    var parser = new SimulateOptionParser();
    parser.split(arguments);
    if (parser.isHelpWanted) {
      return new Outcome.Help();
    }
    var options = parser.options();
    return parser.problems.isEmpty()
        ? new Outcome.Run(options)
        : new Outcome.Refused(List.copyOf(parser.problems), options);
  }

  private void split(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      var word = arguments.get(i);
      int equals = word.indexOf('=');
      var name = equals < 0 ? word : word.substring(0, equals);
      boolean hasNext = i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--");
      if (word.startsWith(HEAL_AT)) {
        events.add(new OutageOption(OutageOption.What.HEAL, word.substring("--heal".length())));
      } else if (SWITCHES.contains(name)) {
        setSwitch(name, equals < 0 ? "true" : word.substring(equals + 1));
      } else if (!SINGLE.contains(name) && !REPEATABLE.contains(name)) {
        boolean isPassedOn = passOn(name, word);
        if (equals < 0 && hasNext && word.startsWith("-")) {
          i++;
          if (isPassedOn) {
            passOn(name, arguments.get(i));
          }
        }
      } else if (equals >= 0) {
        set(name, word.substring(equals + 1));
      } else if (hasNext) {
        i++;
        set(name, arguments.get(i));
      } else {
        problems.add(name + ": has no value; simulate --help shows how to write it");
      }
    }
  }

  /** The controller's own reader says what is wrong with its flags. */
  private boolean passOn(String name, String word) {
    boolean isKnown = controllerFlags.contains(name) || word.matches("-v[0-9]+");
    if (!isKnown && word.startsWith("-")) {
      var known = new HashSet<>(names());
      known.addAll(controllerFlags);
      problems.add(
          Quoted.plain(name)
              + ": is no option of the simulation and no flag of the controller"
              + Suggestion.question(name, known)
              + "; simulate --help lists the options");
    } else if (!isKnown) {
      problems.add(
          Quoted.of(word) + ": belongs to no option; write --option=value, or leave it out");
    } else {
      (ACCESS.contains(name) ? access : flags).add(word);
    }
    return isKnown;
  }

  private void setSwitch(String name, String value) {
    if (!value.equals("true") && !value.equals("false")) {
      problems.add(name + "=" + Quoted.plain(value) + ": is a switch; write " + name);
    } else if (value.equals("true") && name.equals("--help")) {
      isHelpWanted = true;
    } else {
      values.put(name, value);
    }
  }

  private void set(String name, String value) {
    var what = OutageOption.What.of(name);
    if (what.isPresent()) {
      events.add(new OutageOption(what.get(), value));
    } else if (name.equals("--snapshot")) {
      snapshots.add(value);
    } else if (name.equals("--compare")) {
      addComparison(value);
    } else if (values.putIfAbsent(name, value) != null) {
      problems.add(name + "=" + Quoted.plain(value) + ": is given twice; say it once");
    }
  }

  private void addComparison(String value) {
    comparisons.add(value);
    var words = ControllerFlags.words(value);
    if (words.isEmpty()) {
      problems.add("--compare: names no flags; write --compare=\"--node-eviction-rate=1\"");
    }
    for (var word : words) {
      var name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      if (names().contains(name) || ACCESS.contains(name) || word.startsWith(HEAL_AT)) {
        problems.add(
            "--compare: "
                + Quoted.plain(name)
                + " is no flag of the controller; what is compared is the same outage");
      }
    }
  }

  private SimulateOptions options() {
    return new SimulateOptions(
        cluster(),
        new SimulateOptions.Outage(path("--story"), events, length(), seed()),
        flags,
        comparisons,
        duration("--heartbeat-interval", HEARTBEAT_MIN, HEARTBEAT_MAX)
            .orElse(Duration.ofSeconds(10)),
        output());
  }

  private SimulateOptions.Cluster cluster() {
    boolean isLive = values.getOrDefault("--from-cluster", "false").equals("true");
    if (isLive && !snapshots.isEmpty()) {
      problems.add("--from-cluster: the cluster comes from --snapshot already; leave one out");
    }
    if (!isLive && !access.isEmpty()) {
      problems.add(
          Quoted.plain(access.getFirst())
              + ": nothing is read from a cluster; add --from-cluster, or leave it out");
    }
    for (var size : List.of("--nodes", "--zones", "--pods-per-node")) {
      if (values.containsKey(size) && (isLive || !snapshots.isEmpty())) {
        problems.add(size + ": is about a made-up cluster, and another one is given; leave it out");
      }
    }
    var nodes = number("--nodes", 1, InventedCluster.NODES_MAX);
    var zones = number("--zones", 1, ClusterShape.ZONES_MAX);
    if (nodes.isPresent() && zones.isPresent() && nodes.getAsInt() < zones.getAsInt()) {
      problems.add("--zones=" + zones.getAsInt() + ": there are more zones than nodes");
    }
    return new SimulateOptions.Cluster(
        snapshots.stream().flatMap(file -> path("--snapshot", file).stream()).toList(),
        isLive,
        access,
        nodes,
        zones,
        number("--pods-per-node", 0, ClusterShape.PODS_PER_NODE_MAX));
  }

  private SimulateOptions.Output output() {
    var timeline = values.getOrDefault("--timeline", "short");
    if (!timeline.equals("short") && !timeline.equals("all")) {
      problems.add("--timeline=" + Quoted.plain(timeline) + ": is neither short nor all");
    }
    var report = path("--report");
    var json =
        "-".equals(values.get("--json"))
            ? Optional.<SimulateOptions.Json>of(new SimulateOptions.Json.StandardOutput())
            : path("--json").<SimulateOptions.Json>map(SimulateOptions.Json.File::new);
    if (report.isPresent()
        && json.equals(report.map(SimulateOptions.Json.File::new).map(file -> file))) {
      problems.add("--json: is the file of --report; name another one");
    }
    return new SimulateOptions.Output(timeline.equals("short"), report, json);
  }

  /** One that is wrong is as long as possible: no time is after the end then. */
  private Optional<Duration> length() {
    var length = duration("--length", Duration.ofSeconds(1), OutageReader.LONGEST);
    return values.containsKey("--length") && length.isEmpty()
        ? Optional.of(OutageReader.LONGEST)
        : length;
  }

  private long seed() {
    var text = values.getOrDefault("--seed", "1");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      problems.add("--seed=" + Quoted.plain(text) + ": is no whole number of 64 bits");
      return 1;
    }
  }

  private OptionalInt number(String name, int least, int greatest) {
    var text = values.get(name);
    return text == null
        ? OptionalInt.empty()
        : WholeNumber.read(name, text, least, greatest, problems);
  }

  private Optional<Duration> duration(String name, Duration least, Duration greatest) {
    var text = values.get(name);
    if (text == null) {
      return Optional.empty();
    }
    var subject = name + "=" + Quoted.plain(text) + ": ";
    return switch (GoDuration.parse(text)) {
      case Parsed.Bad<Duration>(var what, var remedy) -> {
        problems.add(subject + what + "; " + remedy);
        yield Optional.empty();
      }
      case Parsed.Good<Duration>(var value)
          when value.compareTo(least) < 0 || value.compareTo(greatest) > 0 -> {
        problems.add(
            subject
                + "is not between "
                + GoDuration.format(least)
                + " and "
                + GoDuration.format(greatest));
        yield Optional.empty();
      }
      case Parsed.Good<Duration>(var value) -> Optional.of(value);
    };
  }

  private Optional<Path> path(String name) {
    return Optional.ofNullable(values.get(name)).flatMap(text -> path(name, text));
  }

  private Optional<Path> path(String name, String text) {
    try {
      if (!text.isEmpty()) {
        return Optional.of(Path.of(text));
      }
    } catch (InvalidPathException _) {
      // Refused below.
    }
    problems.add(name + "=" + Quoted.plain(text) + ": is no path");
    return Optional.empty();
  }
}
