package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.sandbox.story.Story.Chapter;
import io.nodelifecycle.sandbox.yaml.YamlField;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the chapters of a story in their order, and follows the nodes that join and go in them. */
final class ChapterReader {
  private static final String EXPECT = "expect";

  private final NodeWords words;
  private final ActionReader actions;
  private final Optional<ExpectationReader> expectations;
  private final Duration end;

  /**
   * A reader.
   *
   * @param expectations empty where nobody looks at what is expected: it is not read then
   * @param end when the story is over
   */
  ChapterReader(
      NodeWords words,
      ActionReader actions,
      Optional<ExpectationReader> expectations,
      Duration end) {
    this.words = words;
    this.actions = actions;
    this.expectations = expectations;
    this.end = end;
  }

  /** All chapters; what is wrong with them is noted. */
  List<Chapter> read(YamlField field) {
    var chapters = new ArrayList<Chapter>();
    var before = Duration.ZERO;
    for (var each : field.elements()) {
      var at = each.get("at").flatMap(YamlField::duration).orElse(before);
      if (at.compareTo(before) < 0 || at.compareTo(end) > 0) {
        each.get("at").ifPresent(f -> f.refuse("is not between the chapter before and the end"));
      }
      before = at;
      chapters.add(chapter(each, at));
    }
    return chapters;
  }

  private Chapter chapter(YamlField field, Duration at) {
    var title = field.get("title").flatMap(YamlField::text).orElse("");
    var happens = list(field, "do").stream().map(actions::read).flatMap(Optional::stream).toList();
    var expected = expectations.map(reader -> expected(field, reader, at)).orElse(List.of());
    field.has(EXPECT);
    field.refuseOthers();
    // What is expected of a removed node is said in the chapter of its removal, and not later.
    happens.stream()
        .filter(StoryAction.RemoveNode.class::isInstance)
        .forEach(removal -> words.leave(removal.nodes()));
    var name = happens.isEmpty() ? "" : happens.getFirst().nodes().name();
    return new Chapter(at, title.replace("{subject}", name), happens, expected);
  }

  private List<Expectation> expected(YamlField field, ExpectationReader reader, Duration at) {
    var rest = end.minus(at);
    return list(field, EXPECT).stream()
        .map(each -> reader.read(each, rest))
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<YamlField> list(YamlField field, String key) {
    return field.find(key).map(YamlField::elements).orElse(List.of());
  }
}
