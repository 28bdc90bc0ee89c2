package io.nodelifecycle.sandbox.story;

import java.time.Duration;

/**
 * Something that is to be seen, or never to be seen, in a window of time.
 *
 * @param sentence it in words
 * @param about whom it is about
 * @param claim what is claimed
 * @param window when
 */
public record Expectation(String sentence, About about, Claim claim, Window window) {

  /** Whom an expectation is about. */
  public sealed interface About {

    /** These nodes, each of them. */
    record Nodes(NodeSet nodes) implements About {}

    /**
     * The pods that these nodes have when the window's time begins to count, each of them.
     *
     * @param kind of this kind; empty for every kind
     */
    record Pods(NodeSet nodes, String kind) implements About {}

    /** All pods, as long as their node is Ready and nobody evicts from it. */
    record HealthyPods() implements About {}
  }

  /** What is claimed. */
  public sealed interface Claim {

    /** It comes to be in this state within the window, and not before. */
    record Becomes(State state) implements Claim {}

    /** It is in this state during the whole window. */
    record Stays(State state) implements Claim {}

    /** It is never in this state in the window. */
    record Never(State state) implements Claim {}

    /** An event of this reason, whose message contains a text, tells of it within the window. */
    record Told(String reason, String text) implements Claim {}

    /** They come to be in this state within the window, no more of them a second than this. */
    record Paced(State state, double perSecond) implements Claim {}
  }

  /**
   * When.
   *
   * @param since what its times count from
   * @param from not before
   * @param by not later
   */
  public record Window(Since since, Duration from, Duration by) {}

  /** What the times of a window count from. */
  public enum Since {
    /** The beginning of the chapter. */
    CHAPTER,
    /** When the node, or the pod's node, was first seen with a NoExecute taint in the chapter. */
    TAINT
  }
}
