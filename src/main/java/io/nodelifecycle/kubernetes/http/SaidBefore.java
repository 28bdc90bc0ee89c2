package io.nodelifecycle.kubernetes.http;

import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people were told already: each text is news once, then at most once a minute. */
public final class SaidBefore {
  private static final Duration REPEAT = Duration.ofMinutes(1);
  private static final int TEXTS_MAX = 64;

  private final TimeSource time;
  private final Map<String, Instant> said = new LinkedHashMap<>();

  /** Nothing was said yet. */
  public SaidBefore(TimeSource time) {
    this.time = time;
  }

  /** Whether this is to be said now; then it counts as said. Of many texts the last are known. */
  public boolean isNews(String text) {
    var now = time.now();
    var last = said.get(text);
    if (last != null && now.isBefore(last.plus(REPEAT))) {
      return false;
    }
    if (said.size() >= TEXTS_MAX) {
      said.remove(said.keySet().iterator().next());
    }
    said.put(text, now);
    return true;
  }

  /** What was said is news if it returns. */
  public void forget() {
    said.clear();
  }
}
