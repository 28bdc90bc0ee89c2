package io.nodelifecycle.sandbox.screen;

import io.nodelifecycle.sandbox.story.StateChange;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import io.nodelifecycle.sandbox.story.StoryLedger.Entry;
import io.nodelifecycle.sandbox.truth.BrokenRule;
import java.time.Duration;
import java.util.List;

/** Where people see the story. For one thread. */
public interface Display extends AutoCloseable {
  /** Says something once. */
  void say(String text);

  /** A chapter began. */
  void chapter(Chapter chapter);

  /** Something changed in the cluster. */
  void changed(List<StateChange> changes);

  /**
   * It is decided what became of an expectation.
   *
   * @param at what time it is in the story
   */
  void decided(Entry entry, Duration at);

  /**
   * A rule was broken that must never be.
   *
   * @param at what time it was in the story
   */
  void broken(BrokenRule broken, Duration at);

  /** How things are now; comes often. */
  void show(Scene scene);

  /** Ends the picture; what was printed stays. */
  @Override
  void close();
}
