package io.nodelifecycle.simulate.plan;

import io.nodelifecycle.sandbox.story.NodeSet;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import io.nodelifecycle.sandbox.story.StoryAction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which machines are dead in the course of an outage. */
final class DeadMachines {
  private final Set<String> initially;
  private final List<Chapter> chapters;

  /**
   * Machines of an outage.
   *
   * @param initially those that are dead from the start
   * @param chapters in the order of time
   */
  DeadMachines(Set<String> initially, List<Chapter> chapters) {
    this.initially = initially;
    this.chapters = chapters;
  }

  /** Whether one of these, at least, is dead right before a chapter. */
  boolean hasOneOf(NodeSet nodes, Chapter before) {
    var dead = new HashSet<>(initially);
    for (var chapter : chapters) {
      if (chapter.equals(before)) {
        break;
      }
      for (var action : chapter.actions()) {
        if (action instanceof StoryAction.Kill(var killed)) {
          dead.addAll(killed.nodes());
        } else if (action instanceof StoryAction.Return(var returned)) {
          returned.nodes().forEach(dead::remove);
        }
      }
    }
    return nodes.nodes().stream().anyMatch(dead::contains);
  }
}
