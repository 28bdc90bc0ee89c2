package io.nodelifecycle.sandbox.screen;

import io.nodelifecycle.sandbox.story.StateChange;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import io.nodelifecycle.sandbox.story.StoryLedger.Entry;
import io.nodelifecycle.sandbox.story.Verdict;
import io.nodelifecycle.sandbox.truth.BrokenRule;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A line for each change, with the seconds since the beginning of the story. */
public final class LineDisplay implements Display {
  private static final int WIDTH = 120;

  /** Of what happens at the same moment, so much is told one by one. */
  private static final int AT_ONCE = 12;

  private final PrintStream out;
  private final Paint paint;
  private final Map<String, String> zones = new HashMap<>();

  /** A display on a stream. */
  public LineDisplay(PrintStream out, Paint paint) {
    this.out = out;
    this.paint = paint;
  }

  @Override
  public void say(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public void chapter(Chapter chapter) {
    print(chapter.at(), "== ", chapter.title());
  }

  @Override
  public void changed(List<StateChange> changes) {
    var told =
        changes.stream().filter(change -> change.weight() != StateChange.Weight.ROUTINE).toList();
    told.stream().limit(AT_ONCE).forEach(change -> print(change.at(), "", change.text()));
    if (told.size() > AT_ONCE) {
      print(told.getLast().at(), "", "and %d more changes".formatted(told.size() - AT_ONCE));
    }
  }

  @Override
  public void decided(Entry entry, Duration at) {
    switch (entry.verdict()) {
      case Verdict.Held(var seen) ->
          print(at, "", paint.good("ok: " + entry.expectation().sentence() + " (" + seen + ")"));
      case Verdict.Broken(var seen) ->
          print(at, "", paint.bad("FAILED: " + entry.expectation().sentence() + " (" + seen + ")"));
      case Verdict.Open() -> {}
    }
  }

  @Override
  public void broken(BrokenRule broken, Duration at) {
    print(
        at,
        "",
        paint.bad(
            "RULE BROKEN: %s, %s: %s".formatted(broken.rule(), broken.subject(), broken.text())));
  }

  @Override
  public void show(Scene scene) {
    for (var zone : scene.zones()) {
      var before = zones.put(zone.name(), zone.state());
      if (before != null && !before.equals(zone.state())) {
        print(scene.at(), "", "zone " + zone.name() + " is now in " + zone.state());
      }
    }
  }

  private void print(Duration time, String mark, String text) {
    var line = "%7.1f s  %s%s".formatted(time.toMillis() / 1000.0, mark, text);
    out.println(paint == Paint.PLAIN ? Lines.cut(line, WIDTH) : line);
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
