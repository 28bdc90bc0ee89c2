package io.nodelifecycle.simulate.plan;

import io.nodelifecycle.config.value.GoDuration;
import io.nodelifecycle.sandbox.story.ClusterNames;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** An outage, whoever lives through it. */
public final class Outage {
  private Outage() {}

  /**
   * What the outage happens to.
   *
   * @param names of zones, nodes and pods
   * @param dead the nodes whose machines are dead from the start
   */
  public record Scene(ClusterNames names, Set<String> dead) {
    /** Takes a copy. */
    public Scene {
      dead = Set.copyOf(dead);
    }
  }

  /**
   * Puts an outage together.
   *
   * @param story the chapters of a story; none if there is no story
   * @param options what the command line says
   * @param problems where everything that is wrong is noted
   * @return all chapters in the order of time; at the same time the story's come first
   */
  public static List<Chapter> of(
      Scene scene, List<Chapter> story, Options options, List<String> problems) {
    var length = options.length();
    for (var chapter : story) {
      if (chapter.at().compareTo(length) > 0) {
        problems.add(
            "--length=%s: is before chapter %s of the story"
                .formatted(text(length), text(chapter.at())));
      }
    }
    var nodes = new NodeChoice(scene.names(), options.seed());
    var reader = new OutageOptionReader(nodes, length, problems);
    options.events().forEach(reader::read);
    var all = new ArrayList<>(story);
    all.addAll(reader.chapters());
    all.sort(Comparator.comparing(Chapter::at));
    var machines = new DeadMachines(scene.dead(), all);
    for (var heal : reader.heals()) {
      var subject = heal.chapter().actions().getFirst().nodes();
      if (!machines.hasOneOf(subject, heal.chapter())) {
        problems.add(
            "%s: nothing of %s is dead at %s; kill it before"
                .formatted(heal.option().text(), subject, text(heal.chapter().at())));
      }
    }
    return all;
  }

  private static String text(Duration duration) {
    return GoDuration.format(duration);
  }

  /**
   * What the command line says about the outage.
   *
   * @param events in the order in which they are given
   * @param length when all is over
   * @param seed what everything random follows from
   */
  public record Options(List<OutageOption> events, Duration length, long seed) {
    /** Takes a copy. */
    public Options {
      events = List.copyOf(events);
    }
  }
}
