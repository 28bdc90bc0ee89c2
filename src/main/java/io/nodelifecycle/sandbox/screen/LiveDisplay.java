package io.nodelifecycle.sandbox.screen;

import io.nodelifecycle.sandbox.story.StateChange;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import io.nodelifecycle.sandbox.story.StoryLedger.Entry;
import io.nodelifecycle.sandbox.truth.BrokenRule;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A picture that is drawn again and again in the same place. Each frame is written in one go over
 * the one before, so that nothing flickers.
 */
public final class LiveDisplay implements Display {
  private static final String CLEAR_SCREEN = "\u001b[2J\u001b[H";
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";

  private final PrintStream out;
  private final Paint paint;
  private final Supplier<Size> size;
  private Size last = new Size(0, 0);

  /** Columns and rows of a terminal. */
  public record Size(int columns, int rows) {
    /** What a terminal has at least. */
    public static final Size STANDARD = new Size(80, 24);
  }

  /** A display on a terminal whose size may change. */
  public LiveDisplay(PrintStream out, Paint paint, Supplier<Size> size) {
    this.out = out;
    this.paint = paint;
    this.size = size;
  }

  @Override
  public void say(String text) {
    if (last.rows() == 0) {
      out.println(text);
      out.flush();
    }
  }

  /** The picture has it. */
  @Override
  public void chapter(Chapter chapter) {}

  /** The picture has it. */
  @Override
  public void changed(List<StateChange> changes) {}

  /** The picture counts it, the summary tells it. */
  @Override
  public void decided(Entry entry, Duration at) {}

  /** The picture counts it, the summary tells it. */
  @Override
  public void broken(BrokenRule broken, Duration at) {}

  @Override
  public void show(Scene scene) {
    var frame = new StringBuilder();
    var now = size.get();
    if (!now.equals(last)) {
      if (last.rows() == 0) {
        // What was on the terminal before is moved up rather than overwritten.
        frame.append(System.lineSeparator().repeat(now.rows())).append(HIDE_CURSOR);
      }
      frame.append(CLEAR_SCREEN);
      last = now;
    }
    frame.append(HOME);
    for (var line : new SceneDrawing(paint, now.columns(), now.rows()).lines(scene)) {
      frame.append(line).append(CLEAR_LINE).append(System.lineSeparator());
    }
    out.print(frame.append(CLEAR_BELOW));
    out.flush();
  }

  @Override
  public void close() {
    if (last.rows() > 0) {
      out.print(SHOW_CURSOR);
      out.println();
      out.flush();
    }
  }
}
