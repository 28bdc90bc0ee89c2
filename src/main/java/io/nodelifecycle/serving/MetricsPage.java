package io.nodelifecycle.serving;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Renders metrics, for few at once: each rendering takes some memory. */
public final class MetricsPage implements Page {
  private static final int AT_ONCE_MAX = 4;
  private static final int PATIENCE_SECONDS = 5;

  private final Function<String, Answer> rendering;
  private final Semaphore places = new Semaphore(AT_ONCE_MAX, true);

  /**
   * A page.
   *
   * @param rendering in the format that an Accept header asks for
   */
  public MetricsPage(Function<String, Answer> rendering) {
    this.rendering = rendering;
  }

  @Override
  public Answer answer(PageRequest request) {
    try {
      if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return Answer.text(503, "too many scrapes at once\n");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Answer.text(503, "ending\n");
    }
    try {
      return rendering.apply(request.accept());
    } finally {
      places.release();
    }
  }
}
