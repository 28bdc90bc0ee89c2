package io.nodelifecycle.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.config.value.Suggestion;
import io.nodelifecycle.parity.play.Campaign;
import io.nodelifecycle.parity.play.Campaign.Run;
import io.nodelifecycle.parity.play.Outcome;
import io.nodelifecycle.parity.report.ParityDocument;
import io.nodelifecycle.parity.report.SideBySide;
import io.nodelifecycle.parity.scenario.Scenario;
import io.nodelifecycle.parity.scenario.ScenarioFiles;
import io.nodelifecycle.parity.scenario.ScenarioOutcome;
import io.nodelifecycle.testing.ControllerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs scenarios with the reference and with the program. {@code -Dparity} names them, separated by
 * commas, or {@code all}; without it a few are run. {@code -Dparity.repeat} runs each that many
 * times, {@code -Dparity.at-once} so many at the same time; {@code -Ddocs=apply} writes the
 * document.
 */
@ExtendWith(ReferenceCondition.class)
final class ParityIT {
  /** Short ones that between them show every kind of action. */
  private static final String FEW =
      "labels,condition-taints,never-posted,node-dies,node-returns,manual-taint";

  private static final Optional<String> ASKED = Optional.ofNullable(System.getProperty("parity"));
  private static final boolean APPLY = "apply".equals(System.getProperty("docs"));
  private static final Path DOCUMENT = Path.of("docs/parity.md");
  private static final int REPEAT = Integer.getInteger("parity.repeat", 1);
  private static final int AT_ONCE = Integer.getInteger("parity.at-once", 3);

  @TestFactory
  Stream<DynamicTest> theProgramDoesWhatTheReferenceDoes(@TempDir Path folder) {
    assertThat(ControllerProcess.referenceBinary()).as(ReferenceCondition.MISSING).isPresent();
    var scenarios = scenarios();
    var campaign = new Campaign(folder, AT_ONCE, ParityIT::say);
    var all = new ArrayList<Scenario>();
    scenarios.forEach(scenario -> all.addAll(Collections.nCopies(REPEAT, scenario)));
    var runs = campaign.start(all);
    var checks =
        scenarios.stream()
            .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> check(scenario, runs)));
    var document =
        APPLY
            ? Stream.of(DynamicTest.dynamicTest(DOCUMENT.toString(), () -> write(runs)))
            : Stream.<DynamicTest>empty();
    return Stream.concat(checks, document).onClose(campaign::close);
  }

  /** Writes what was judged; a run that came to nothing leaves what the document said before. */
  private static void write(List<Run> runs) throws IOException {
    var document = ParityDocument.parse(Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "");
    document.retain(ScenarioFiles.names());
    for (var run : runs) {
      if (run.await() instanceof Outcome.Judged(var judgement)) {
        document.put(run.scenario(), judgement);
      }
    }
    Files.writeString(DOCUMENT, document.text());
  }

  private static void check(Scenario scenario, List<Run> runs) {
    var outcomes =
        runs.stream()
            .filter(run -> run.scenario().name().equals(scenario.name()))
            .map(Run::await)
            .toList();
    if (ASKED.isPresent()) {
      outcomes.forEach(outcome -> say(scenario.name() + ": " + text(outcome)));
    }
    assertThat(outcomes)
        .allSatisfy(outcome ->
            assertThat(outcome.isGood()).as(scenario.name() + ": " + text(outcome)).isTrue());
    assertThat(outcomes.stream().map(Outcome::words).distinct())
        .as("verdicts of %s", scenario.name())
        .hasSize(1);
  }

  private static String text(Outcome outcome) {
    var rest =
        switch (outcome) {
          case Outcome.Judged(var judgement) -> SideBySide.of(judgement);
          case Outcome.Inconclusive(var why) -> why;
          case Outcome.Failed(var why) -> why;
        };
    return outcome.words() + "\n" + rest;
  }

  private static List<Scenario> scenarios() {
    var known = ScenarioFiles.names();
    var names =
        ASKED.filter("all"::equals).isPresent() ? known : List.of(ASKED.orElse(FEW).split(",", -1));
    var read = names.stream().map(name -> read(name, known)).toList();
    var problems =
        read.stream()
            .filter(ScenarioOutcome.Bad.class::isInstance)
            .map(bad -> ((ScenarioOutcome.Bad) bad).text())
            .collect(Collectors.joining("\n"));
    assertThat(problems).as("scenarios can be read").isEmpty();
    return read.stream()
        .map(ScenarioOutcome.Good.class::cast)
        .map(ScenarioOutcome.Good::scenario)
        .toList();
  }

  private static ScenarioOutcome read(String name, List<String> known) {
    assertThat(known).as("no scenario %s%s", name, Suggestion.question(name, known)).contains(name);
    return ScenarioFiles.read(name);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
