package io.nodelifecycle.sandbox.story;

import java.util.OptionalInt;

/**
 * What the command line changes about a story's cluster.
 *
 * @param nodes how many nodes, in all zones together
 * @param zones how many zones
 * @param podsPerNode how many pods on each node
 */
public record StoryScale(OptionalInt nodes, OptionalInt zones, OptionalInt podsPerNode) {
  /** Nothing. */
  public static final StoryScale NONE =
      new StoryScale(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
}
