package io.nodelifecycle.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.sandbox.SandboxCommand.Streams;
import io.nodelifecycle.sandbox.story.StoryAction;
import io.nodelifecycle.simulate.engine.SimulationPlan;
import io.nodelifecycle.simulate.record.SimulationRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimulateCommandTest {
  private static final Path DOCUMENT = Path.of("docs/simulate.md");

  private static final String STORY = "{end: 9m, chapters: [{title: it begins, %s}]}";

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<SimulationPlan> plans = new ArrayList<>();

  @Test
  void runsTheOutageOnAMadeUpCluster() {
    assertThat(run("--nodes=6", "--zones=2", "--kill-zone=eu-1b@10m", "--heal@40m")).isZero();
    var plan = plans.getFirst();
    assertThat(plan.title()).isEqualTo("default flags");
    assertThat(plan.cluster().nodes()).hasSize(6);
    assertThat(plan.cluster().pods()).hasSize(180);
    assertThat(plan.length()).isEqualTo(Duration.ofHours(1));
    assertThat(plan.rhythm().lease()).isEqualTo(Duration.ofSeconds(10));
    assertThat(plan.chapters()).hasSize(2);
    assertThat(plan.chapters().getFirst().actions().getFirst().nodes().nodes())
        .containsExactly("node-eu-1b-1", "node-eu-1b-2", "node-eu-1b-3");
    assertThat(text(out)).isEqualTo("timeline true\n\nsummary default flags\n\n");
    assertThat(text(err)).isEmpty();
  }

  @Test
  void comparesFlagsOnTheSameOutage() {
    assertThat(
            run(
                "--nodes=3",
                "--kill-nodes=1@1m",
                "--node-eviction-rate=2",
                "--compare=--node-eviction-rate=1 --node-monitor-period=2s"))
        .isZero();
    assertThat(plans).hasSize(2);
    assertThat(plans.getFirst().settings().zones().evictionRate()).isEqualTo(2);
    assertThat(plans.getLast().settings().zones().evictionRate()).isEqualTo(1);
    assertThat(plans.getLast().chapters()).isEqualTo(plans.getFirst().chapters());
    assertThat(plans.getLast().cluster()).isEqualTo(plans.getFirst().cluster());
    assertThat(text(out)).endsWith("comparison of 2\n");
  }

  @Test
  void playsAStoryOnItsOwnClusterWithItsFlags() throws IOException {
    var story =
        write(
            "story.yaml",
            """
            end: 10m
            cluster: {zones: [a, b], nodes-per-zone: 2, pods: {web: {per-node: 1}}}
            flags: {node-eviction-rate: 3}
            chapters:
              - at: 1m
                title: gone
                do: [{kill: zone b}, {api-down: 30s}]
            """);
    assertThat(run("--story=" + story, "--kill-nodes=node-a1@2m")).isZero();
    var plan = plans.getFirst();
    assertThat(plan.cluster().pods()).hasSize(4);
    assertThat(plan.length()).isEqualTo(Duration.ofMinutes(10));
    assertThat(plan.settings().zones().evictionRate()).isEqualTo(3);
    assertThat(plan.chapters()).hasSize(2);
    assertThat(plan.chapters().getFirst().actions())
        .contains(new StoryAction.ApiDown(Duration.ofSeconds(30)));
  }

  @Test
  void writesFiles() throws IOException {
    var report = folder.resolve("r.html");
    var json = folder.resolve("r.json");
    assertThat(run("--nodes=3", "--report=" + report, "--json=" + json)).isZero();
    assertThat(report).hasContent("html of 1");
    assertThat(json).hasContent("json of 1");
    assertThat(text(err)).contains("note: nothing happens");
  }

  @Test
  void nothingElseIsOnStandardOutputWhereJsonGoesThere() {
    assertThat(run("--nodes=3", "--json=-", "--compare=-v=2", "--report=" + folder.resolve("r")))
        .isZero();
    assertThat(text(out)).isEqualTo("json of 2");
  }

  @Test
  void saysEverythingThatIsWrongBeforeAnythingRuns() throws IOException {
    var snapshot =
        write("nodes.yaml", "kind: List\nitems: [{kind: Node, metadata: {}}, {kind: Pod}]\n");
    assertThat(run("--snapshot=" + snapshot, "--node-eviction-rate=-1", "--seed=x")).isEqualTo(2);
    assertThat(plans).isEmpty();
    assertThat(text(err))
        .startsWith("the simulation cannot start:\n")
        .contains("--seed=x: is no whole number")
        .contains("nodes.yaml: items[0] Node: metadata.name: is missing")
        .contains("nodes.yaml: items[1] Pod: metadata: is missing")
        .contains("--node-eviction-rate=-1");
  }

  @Test
  void refusesOutagesThatTheClusterCannotHave() {
    assertThat(run("--nodes=0", "--kill-zone=eu-1z@10m", "--api-down=2m@2h", "--compare=--nodse=1"))
        .isEqualTo(2);
    assertThat(text(err))
        .contains("--nodes=0: is no whole number from 1 to 10000")
        .contains("there is no zone \"eu-1z\"")
        .contains("is after the end")
        .contains("--compare=\"--nodse=1\": --nodse: is no known flag");
  }

  /** Files have the text after the option; every problem is one line, with its place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          snapshot | 'kind: Node#metadata: {name: Big}'      | Node Big: metadata.name: "Big" is no
          snapshot | 'kind: Node#metadata: {}'               | Node: metadata.name: is missing
          snapshot | 'kind: NodeList#items: []'              | f.yaml: has no nodes
          story    | 'at: 1m, do: [{kill: zone eu-1q}]'      | do[0].kill: there is no zone "eu-1q"
          story    | 'at: 1m, do: [{kill: node-eu-1a-77}]'   | there is no node "node-eu-1a-77"
          story    | 'at: -1m, do: [{kill: node-eu-1a-1}]'   | chapters[0].at: "-1m" is negative
          option   | --kill-zone=eu-1q@1m                    | there is no zone "eu-1q"
          option   | --kill-nodes=node-eu-1a-77@1m           | there is no node "node-eu-1a-77"
          option   | --kill-zone=eu-1a@-1m                   | the time "-1m" is negative
          option   | --api-down=-2m@1m                       | how long "-2m" is negative
          option   | --length=-5m                            | is not between
          option   | --nodes=0                               | is no whole number from 1
          """)
  void saysWhatIsWrongAndWhere(String kind, String text, String problem) throws IOException {
    var word =
        switch (kind) {
          case "snapshot" -> "--snapshot=" + write("f.yaml", text.replace('#', '\n'));
          case "story" -> "--story=" + write("f.yaml", STORY.formatted(text));
          default -> text;
        };
    assertThat(run(word)).isEqualTo(2);
    assertThat(plans).isEmpty();
    assertThat(text(out)).isEmpty();
    assertThat(text(err).lines()).hasSize(2).last().asString().contains(problem);
    assertThat(text(err)).contains(kind.equals("option") ? "  " + text + ": " : "f.yaml:");
  }

  @Test
  void refusesFilesThatCannotBeWritten() {
    assertThat(run("--report=" + folder, "--json=" + folder.resolve("no/r.json"))).isEqualTo(2);
    assertThat(text(err)).contains("is a folder").contains("is in a folder that does not exist");
  }

  @Test
  void helpIsPrinted() {
    assertThat(run("--help")).isZero();
    assertThat(text(out)).isEqualTo(SimulateHelp.TEXT);
  }

  @Test
  void theDocumentNamesEveryOption() throws IOException {
    var document = Files.readString(DOCUMENT);
    assertThat(SimulateOptionParser.names())
        .allSatisfy(name -> assertThat(document).contains("`" + name));
  }

  private int run(String... arguments) {
    var streams = new Streams(stream(out), stream(err), false);
    var engine = new SimulateCommand.Engine(this::simulate, new NamingFormat());
    return new SimulateCommand(Map.of(), "1", new SystemTime(), streams, engine)
        .run(List.of(arguments));
  }

  private SimulationRecord simulate(SimulationPlan plan, Consumer<Duration> progress) {
    plans.add(plan);
    progress.accept(plan.length());
    return new SimulationRecord(
        plan.title(),
        plan.length(),
        plan.cluster().nodes().size(),
        plan.cluster().pods().size(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new SimulationRecord.Peak(0, Duration.ZERO),
        new LinkedHashMap<>(),
        List.of());
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Says what was asked for. */
  private static final class NamingFormat implements ResultFormat {
    @Override
    public String timeline(SimulationRecord record, boolean isFolded) {
      return "timeline " + isFolded + "\n";
    }

    @Override
    public String summary(SimulationRecord record) {
      return "summary " + record.title() + "\n";
    }

    @Override
    public String comparison(List<SimulationRecord> records) {
      return "comparison of " + records.size() + "\n";
    }

    @Override
    public void writeHtml(List<SimulationRecord> records, OutputStream target) throws IOException {
      target.write(("html of " + records.size()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void writeJson(List<SimulationRecord> records, OutputStream target) throws IOException {
      target.write(("json of " + records.size()).getBytes(StandardCharsets.UTF_8));
    }
  }
}
