package io.nodelifecycle.simulate.plan;

import io.nodelifecycle.config.value.GoDuration;
import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.sandbox.story.NodeSet;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import io.nodelifecycle.sandbox.story.StoryAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes chapters of the options about the outage, in the order in which they are given. */
final class OutageOptionReader {
  private final NodeChoice nodes;
  private final Duration length;
  private final List<String> problems;
  private final List<Chapter> chapters = new ArrayList<>();
  private final List<Heal> heals = new ArrayList<>();
  private Optional<Chapter> lastKill = Optional.empty();

  /** A heal and the option that it is from. */
  record Heal(OutageOption option, Chapter chapter) {}

  /**
   * A reader.
   *
   * @param length when the simulation is over
   * @param problems where everything that is wrong is noted
   */
  OutageOptionReader(NodeChoice nodes, Duration length, List<String> problems) {
    this.nodes = nodes;
    this.length = length;
    this.problems = problems;
  }

  /** What the options make happen; those that are wrong make nothing. */
  List<Chapter> chapters() {
    return chapters;
  }

  /** Those of the chapters in which something comes back. */
  List<Heal> heals() {
    return heals;
  }

  /** Reads the next option. */
  void read(OutageOption option) {
    int at = option.value().lastIndexOf('@');
    if (at < 0) {
      refuse(option, "has no time; write " + option.what().flag() + "=" + option.what().example());
      return;
    }
    var word = option.value().substring(0, at);
    var time = time(option, option.value().substring(at + 1));
    switch (option.what()) {
      case KILL_ZONE -> kill(option, nodes.zones(word), time);
      case KILL_NODES -> kill(option, nodes.some(word), time);
      case HEAL -> heal(option, word, time);
      case API_DOWN -> cutApi(option, word, time);
    }
  }

  private void kill(OutageOption option, Parsed<NodeSet> parsed, Optional<Duration> time) {
    chosen(option, parsed)
        .flatMap(found -> time.map(at -> chapter(at, new StoryAction.Kill(found))))
        .ifPresent(chapter -> {
          chapters.add(chapter);
          lastKill = Optional.of(chapter);
        });
  }

  private void heal(OutageOption option, String word, Optional<Duration> time) {
    var found =
        word.isEmpty()
            ? Optional.of(lastKill.map(OutageOptionReader::subject).orElseGet(nodes::all))
            : chosen(option, nodes.named(word));
    if (found.isEmpty() || time.isEmpty()) {
      return;
    }
    if (word.isEmpty()
        && lastKill.filter(kill -> !time.get().minus(kill.at()).isPositive()).isPresent()) {
      var kill = GoDuration.format(lastKill.get().at());
      refuse(option, "is not after the kill before it, which is at " + kill);
      return;
    }
    var chapter = chapter(time.get(), new StoryAction.Return(found.get()));
    chapters.add(chapter);
    heals.add(new Heal(option, chapter));
  }

  private void cutApi(OutageOption option, String word, Optional<Duration> time) {
    var duration = duration(option, word, "how long");
    if (duration.filter(Duration::isZero).isPresent()) {
      refuse(option, "lasts no time at all");
    } else if (duration.isPresent() && time.isPresent()) {
      chapters.add(chapter(time.get(), new StoryAction.ApiDown(duration.get())));
    }
  }

  private Optional<NodeSet> chosen(OutageOption option, Parsed<NodeSet> parsed) {
    return switch (parsed) {
      case Parsed.Good<NodeSet>(var found) -> Optional.of(found);
      case Parsed.Bad<NodeSet>(var what, var remedy) -> {
        refuse(option, what + "; " + remedy);
        yield Optional.empty();
      }
    };
  }

  private static NodeSet subject(Chapter chapter) {
    return chapter.actions().getFirst().nodes();
  }

  private static Chapter chapter(Duration at, StoryAction action) {
    return new Chapter(at, action.toString(), List.of(action), List.of());
  }

  private Optional<Duration> time(OutageOption option, String text) {
    var time = duration(option, text, "the time");
    if (time.filter(at -> at.compareTo(length) > 0).isPresent()) {
      refuse(option, "is after the end, which is at " + GoDuration.format(length));
      return Optional.empty();
    }
    return time;
  }

  private Optional<Duration> duration(OutageOption option, String text, String role) {
    return switch (GoDuration.parse(text)) {
      case Parsed.Good<Duration>(var value) when !value.isNegative() -> Optional.of(value);
      case Parsed.Good<Duration> _ -> {
        refuse(option, role + " " + Quoted.of(text) + " is negative");
        yield Optional.empty();
      }
      case Parsed.Bad<Duration>(var what, var remedy) -> {
        refuse(option, role + " " + Quoted.of(text) + " " + what + "; " + remedy);
        yield Optional.empty();
      }
    };
  }

  private void refuse(OutageOption option, String what) {
    problems.add(option.text() + ": " + what);
  }
}
