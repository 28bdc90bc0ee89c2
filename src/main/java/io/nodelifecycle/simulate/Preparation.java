package io.nodelifecycle.simulate;

import io.nodelifecycle.config.FileSource;
import io.nodelifecycle.config.ParseOutcome;
import io.nodelifecycle.config.Problem;
import io.nodelifecycle.config.Settings;
import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.sandbox.kubelet.Kubelets.Rhythm;
import io.nodelifecycle.sandbox.story.ClusterNames;
import io.nodelifecycle.sandbox.story.OutageReader;
import io.nodelifecycle.sandbox.story.OutageReader.StoryCluster;
import io.nodelifecycle.sandbox.story.OutageStory;
import io.nodelifecycle.sandbox.story.StoryScale;
import io.nodelifecycle.sandbox.yaml.YamlProblem;
import io.nodelifecycle.simulate.cluster.ClusterNaming;
import io.nodelifecycle.simulate.cluster.ClusterOutcome;
import io.nodelifecycle.simulate.cluster.InventedCluster;
import io.nodelifecycle.simulate.engine.InitialCluster;
import io.nodelifecycle.simulate.engine.SimulationPlan;
import io.nodelifecycle.simulate.plan.ControllerFlags;
import io.nodelifecycle.simulate.plan.Outage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gets ready what a simulation needs, or finds out everything that is wrong. */
final class Preparation {
  private static final int NODES = 100;
  private static final int ZONES = 3;
  private static final int PODS_PER_NODE = 30;
  private static final Duration LENGTH = Duration.ofHours(1);

  private final SimulateOptions options;
  private final ClusterSource source;
  private final String version;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Gets the cluster that the options name, unless one is to be made up. */
  interface ClusterSource {
    /**
     * Gets it.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<ClusterOutcome> get(SimulateOptions.Cluster options) throws InterruptedException;
  }

  /** A preparation that has not begun. */
  Preparation(SimulateOptions options, ClusterSource source, String version) {
    this.options = options;
    this.source = source;
    this.version = version;
  }

  /** Everything that is wrong. */
  List<String> problems() {
    return problems;
  }

  /** What is worth knowing. */
  List<String> notes() {
    return notes;
  }

  /**
   * Gets everything ready.
   *
   * @return a plan for each controller, in the order in which they are to be run; none where there
   *     are problems
   */
  List<SimulationPlan> prepare() throws InterruptedException {
    var given = source.get(options.cluster());
    if (given.isPresent() && given.get() instanceof ClusterOutcome.Bad(var wrong)) {
      // Without a cluster no name in the outage can be understood.
      problems.addAll(wrong);
      settings(flags(Map.of()));
      return List.of();
    }
    var cluster = given.map(outcome -> ((ClusterOutcome.Good) outcome));
    cluster.ifPresent(good -> notes.addAll(good.notes()));
    return prepare(cluster.map(ClusterOutcome.Good::cluster));
  }

  private List<SimulationPlan> prepare(Optional<InitialCluster> given) {
    var madeUp = given.isPresent() ? Optional.<InitialCluster>empty() : Optional.of(madeUp());
    var fallback = given.or(() -> madeUp).orElseThrow();
    var fallbackNames = ClusterNaming.of(fallback);
    var story = options.outage().story().flatMap(path -> story(path, given, fallbackNames));
    story
        .filter(OutageStory::isClusterIgnored)
        .ifPresent(_ -> notes.add("the story's own cluster: does not count, another one is given"));
    var own = story.flatMap(OutageStory::cluster).map(InventedCluster::of);
    var cluster = own.orElse(fallback);
    var names = own.map(ClusterNaming::of).orElse(fallbackNames);
    boolean isStoryMissing = options.outage().story().isPresent() && story.isEmpty();
    var length = options.outage().length().or(() -> story.map(OutageStory::end)).orElse(LENGTH);
    if (isStoryMissing && options.outage().length().isEmpty()) {
      length = OutageReader.LONGEST;
    }
    var chapters =
        Outage.of(
            new Outage.Scene(names, cluster.deadNodes()),
            story.map(OutageStory::chapters).orElse(List.of()),
            new Outage.Options(options.outage().events(), length, options.outage().seed()),
            problems);
    if (chapters.isEmpty() && problems.isEmpty()) {
      notes.add("nothing happens: name an outage with --kill-zone, --kill-nodes or --story");
    }
    var flags = flags(story.map(OutageStory::flags).orElse(Map.of()));
    var plans = new ArrayList<SimulationPlan>();
    for (var run : settings(flags)) {
      plans.add(
          new SimulationPlan(
              run.title(),
              cluster,
              chapters,
              length,
              run.settings(),
              rhythm(),
              options.outage().seed()));
    }
    return problems.isEmpty() ? plans : List.of();
  }

  private InitialCluster madeUp() {
    var size = options.cluster();
    int zones = size.zones().orElse(Math.min(ZONES, size.nodes().orElse(NODES)));
    int nodes = Math.max(zones, size.nodes().orElse(NODES));
    int pods = size.podsPerNode().orElse(PODS_PER_NODE);
    if ((long) nodes * pods > InventedCluster.PODS_MAX) {
      problems.add(
          "--pods-per-node=%d: on %d nodes that is more than %,d pods"
              .formatted(pods, nodes, InventedCluster.PODS_MAX));
      return InventedCluster.of(nodes, zones, 0);
    }
    return InventedCluster.of(nodes, zones, pods);
  }

  private Optional<OutageStory> story(
      Path path, Optional<InitialCluster> given, ClusterNames fallback) {
    var files = FileSource.disk();
    var obstacle = files.obstacle(path);
    if (obstacle.isPresent()) {
      problems.add("--story=" + path + ": " + obstacle.get() + "; name a readable YAML file");
      return Optional.empty();
    }
    var size = options.cluster();
    var scale = new StoryScale(size.nodes(), size.zones(), size.podsPerNode());
    var cluster = new StoryCluster(given.map(_ -> fallback), scale, fallback);
    var found = new ArrayList<YamlProblem>();
    try {
      var story = OutageReader.read(path.toString(), files.read(path), cluster, found);
      found.forEach(problem -> problems.add(problem.text()));
      return story;
    } catch (IOException unreadable) {
      problems.add("--story=" + path + ": cannot be read: " + unreadable.getMessage());
      return Optional.empty();
    }
  }

  private Rhythm rhythm() {
    var usual = Rhythm.KUBERNETES;
    return new Rhythm(
        options.heartbeatInterval(),
        usual.status(),
        usual.start(),
        usual.termination(),
        usual.restart());
  }

  private ControllerFlags flags(Map<String, String> story) {
    return new ControllerFlags(version, story, options.flags());
  }

  /** A controller: what it is called and what its settings are. */
  private record Run(String title, Settings settings) {}

  private List<Run> settings(ControllerFlags flags) {
    var runs = new ArrayList<Run>();
    settings(flags.title(), "", flags.settings()).ifPresent(runs::add);
    for (var more : options.comparisons()) {
      var title = Quoted.plain(more.strip());
      var subject = "--compare=\"" + title + "\": ";
      settings(title, subject, flags.settings(ControllerFlags.words(more))).ifPresent(runs::add);
    }
    return runs;
  }

  private Optional<Run> settings(String title, String subject, ParseOutcome outcome) {
    return switch (outcome) {
      case ParseOutcome.Run run -> {
        run.warnings().stream().map(Problem::text).map(subject::concat).forEach(this::note);
        yield Optional.of(new Run(title, run.settings()));
      }
      case ParseOutcome.Refused(var wrong) -> {
        wrong.stream().map(Problem::text).map(subject::concat).forEach(this::refuse);
        yield Optional.empty();
      }
      case ParseOutcome.Help _ -> {
        refuse(subject + "help and version are nothing to be simulated");
        yield Optional.empty();
      }
    };
  }

  private void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  /** What is wrong with the flags in common is wrong with every comparison, and said once. */
  private void refuse(String problem) {
    if (problems.stream().noneMatch(problem::endsWith)) {
      problems.add(problem);
    }
  }
}
