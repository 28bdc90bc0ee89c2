package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.sandbox.story.Story.Chapter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a story says about an outage: everything but what is expected.
 *
 * @param title one line
 * @param cluster the cluster of its own; empty where it has none, or another one was given
 * @param isClusterIgnored whether it has one that does not count, since another one was given
 * @param flags settings of the controller, by flag name, as written
 * @param chapters in the order of their times, without expectations
 * @param end when it is over
 */
public record OutageStory(
    String title,
    Optional<ClusterShape> cluster,
    boolean isClusterIgnored,
    Map<String, String> flags,
    List<Chapter> chapters,
    Duration end) {
  /** Takes copies. */
  public OutageStory {
    flags = Map.copyOf(flags);
    chapters = List.copyOf(chapters);
  }
}
