package io.nodelifecycle.sandbox.screen;

import io.nodelifecycle.sandbox.story.StateChange;
import java.time.Duration;
import java.util.List;

/**
 * Everything that is on the screen at a moment.
 *
 * @param title the story's title
 * @param chapter the chapter that is going on
 * @param at what time it is in the story
 * @param end when the story is over
 * @param zones the zones in their order
 * @param upcoming what happens next, the soonest first
 * @param changes the last changes, the latest last
 * @param tally what became of the expectations
 * @param hints what people may want to know, at the bottom
 */
public record Scene(
    String title,
    String chapter,
    Duration at,
    Duration end,
    List<ZoneView> zones,
    List<Coming> upcoming,
    List<StateChange> changes,
    Tally tally,
    List<String> hints) {

  /** Takes copies. */
  public Scene {
    zones = List.copyOf(zones);
    upcoming = List.copyOf(upcoming);
    changes = List.copyOf(changes);
    hints = List.copyOf(hints);
  }

  /** A zone, its state in a word, and its nodes. */
  public record ZoneView(String name, String state, List<NodeView> nodes) {
    /** Takes a copy. */
    public ZoneView {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * A node.
   *
   * @param name its name
   * @param health how it is
   * @param isNoSchedule whether a taint keeps new pods away
   * @param isNoExecute whether a taint evicts pods
   * @param pods how many pods it has that are not terminating
   * @param terminating how many pods it has that are
   */
  public record NodeView(
      String name,
      Health health,
      boolean isNoSchedule,
      boolean isNoExecute,
      int pods,
      int terminating) {}

  /** How a node is. */
  public enum Health {
    /** Ready, and its machine runs. */
    READY('+', "Ready"),
    /** Its machine stopped, which nobody has noticed. */
    SILENT('.', "silent"),
    /** Ready is Unknown. */
    UNKNOWN('?', "Unknown"),
    /** Ready is False, or there is no such condition. */
    NOT_READY('!', "NotReady");

    private final char symbol;
    private final String word;

    Health(char symbol, String word) {
      this.symbol = symbol;
      this.word = word;
    }

    /** One character for it. */
    public char symbol() {
      return symbol;
    }

    /** One word for it. */
    public String word() {
      return word;
    }
  }

  /** Something that will happen. */
  public record Coming(Duration in, String text) {}

  /** What became of the expectations so far, and how often a rule was broken that must never be. */
  public record Tally(int all, int held, int broken, int brokenRules) {}
}
