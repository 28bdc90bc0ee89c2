package io.nodelifecycle.runtime;

import java.time.Instant;

/** Whether this process may act: asked right before each request is sent. */
@FunctionalInterface
public interface Leadership {
  /** There is no other process that could act. */
  Leadership ALONE = _ -> true;

  /** Whether it is certain, at this moment, that no other process may act. */
  boolean isCertain(Instant now);
}
