package io.nodelifecycle.serving.review;

import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.util.function.Function;

/** Answers of the cluster, each remembered for a time; what is not is asked for. Thread-safe. */
public final class RememberedReviews<K, V> {
  private static final int REMEMBERED_MAX = 1024;

  private final ReviewGate gate;
  private final Function<V, Duration> cacheTime;
  private final TimeSource time;
  private final ExpiringCache<K, V> answers = new ExpiringCache<>(REMEMBERED_MAX);

  /**
   * Nothing is remembered yet.
   *
   * @param gate what is asked passes it
   * @param cacheTime how long an answer is remembered; zero: not at all
   */
  public RememberedReviews(ReviewGate gate, Function<V, Duration> cacheTime, TimeSource time) {
    this.gate = gate;
    this.cacheTime = cacheTime;
    this.time = time;
  }

  /**
   * The answer that is remembered, or else that to the question.
   *
   * @throws ReviewGate.CrowdedException if it would have to be asked and there is no room
   */
  public V answer(K key, ReviewGate.Question<V> question)
      throws ReviewException, ReviewGate.CrowdedException, InterruptedException {
    var known = answers.get(key, time.now());
    if (known.isPresent()) {
      return known.get();
    }
    return gate.pass(() -> {
      // Others may have asked the same while this waited.
      var meanwhile = answers.get(key, time.now());
      if (meanwhile.isPresent()) {
        return meanwhile.get();
      }
      var answer = question.ask();
      answers.put(key, answer, time.now().plus(cacheTime.apply(answer)));
      return answer;
    });
  }
}
