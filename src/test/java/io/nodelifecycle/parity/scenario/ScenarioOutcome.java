package io.nodelifecycle.parity.scenario;

import io.nodelifecycle.sandbox.yaml.YamlProblem;
import java.util.List;

/** What reading a scenario came to. */
public sealed interface ScenarioOutcome {

  /** A scenario that can be run. */
  record Good(Scenario scenario) implements ScenarioOutcome {}

  /** A text that is none. There is at least one problem; all that were found are here. */
  record Bad(List<YamlProblem> problems) implements ScenarioOutcome {
    /** Takes a copy. */
    public Bad {
      problems = List.copyOf(problems);
    }

    /** All problems, one a line. */
    public String text() {
      return String.join("\n", problems.stream().map(YamlProblem::text).toList());
    }
  }
}
