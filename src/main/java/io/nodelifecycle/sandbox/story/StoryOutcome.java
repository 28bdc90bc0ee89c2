package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.sandbox.yaml.YamlProblem;
import java.util.List;

/** What reading a story came to. */
public sealed interface StoryOutcome {

  /** A story that can be played. */
  record Good(Story story) implements StoryOutcome {}

  /** A text that is none. There is at least one problem; all that were found are here. */
  record Bad(List<YamlProblem> problems) implements StoryOutcome {
    /** Takes a copy. */
    public Bad {
      problems = List.copyOf(problems);
    }
  }
}
