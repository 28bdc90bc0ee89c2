package io.nodelifecycle.serving;

/** Answers requests for a path. Called on any thread, by several at once. */
@FunctionalInterface
public interface Page {
  /** The answer; returns soon. */
  Answer answer(PageRequest request);
}
