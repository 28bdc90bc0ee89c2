package io.nodelifecycle.sandbox.story;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A story that is ready to be played: every name in it is resolved.
 *
 * @param title one line
 * @param cluster what is there at the beginning
 * @param flags settings of the controller, by flag name
 * @param chapters in the order of their times
 * @param end when it is over, since its beginning
 */
public record Story(
    String title,
    ClusterShape cluster,
    Map<String, String> flags,
    List<Chapter> chapters,
    Duration end) {

  /** Takes copies. */
  public Story {
    flags = Map.copyOf(flags);
    chapters = List.copyOf(chapters);
  }

  /**
   * A part of the story.
   *
   * @param at when it begins, since the beginning of the story
   * @param title a few words
   * @param actions what happens then
   * @param expectations what is to be seen
   */
  public record Chapter(
      Duration at, String title, List<StoryAction> actions, List<Expectation> expectations) {

    /** Takes copies. */
    public Chapter {
      actions = List.copyOf(actions);
      expectations = List.copyOf(expectations);
    }
  }
}
