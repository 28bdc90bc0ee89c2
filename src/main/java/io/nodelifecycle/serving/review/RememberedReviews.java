package io.nodelifecycle.serving.review;

import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Answers of the cluster, each remembered for a time; what is not is asked for. That an answer was
 * good is remembered for longer: it is asked for again before what was never good. Thread-safe.
 */
public final class RememberedReviews<K, V> {
  static final Duration KNOWN_FOR = Duration.ofHours(1);
  private static final int REMEMBERED_MAX = 1024;

  private final ReviewGate gate;
  private final Function<V, Duration> cacheTime;
  private final BiPredicate<K, V> isGood;
  private final TimeSource time;
  private final ExpiringCache<K, V> answers = new ExpiringCache<>(REMEMBERED_MAX);
  private final ExpiringCache<K, Boolean> known = new ExpiringCache<>(REMEMBERED_MAX);

  /**
   * Nothing is remembered yet.
   *
   * @param gate what is asked passes it
   * @param cacheTime how long an answer is remembered; zero: not at all
   * @param isGood whether the question is one of those that come again
   */
  public RememberedReviews(
      ReviewGate gate, Function<V, Duration> cacheTime, BiPredicate<K, V> isGood, TimeSource time) {
    this.gate = gate;
    this.cacheTime = cacheTime;
    this.isGood = isGood;
    this.time = time;
  }

  /**
   * The answer that is remembered, or else that to the question.
   *
   * @throws ReviewGate.CrowdedException if it would have to be asked and there is no room
   */
  public V answer(K key, ReviewGate.Question<V> question)
      throws ReviewException, ReviewGate.CrowdedException, InterruptedException {
    var remembered = answers.get(key, time.now());
    if (remembered.isPresent()) {
      return remembered.get();
    }
    return known.get(key, time.now()).isPresent()
        ? gate.passKnown(() -> asked(key, question))
        : gate.pass(() -> asked(key, question));
  }

  private V asked(K key, ReviewGate.Question<V> question)
      throws ReviewException, InterruptedException {
    // Others may have asked the same while this waited.
    var meanwhile = answers.get(key, time.now());
    if (meanwhile.isPresent()) {
      return meanwhile.get();
    }
    var answer = question.ask();
    answers.put(key, answer, time.now().plus(cacheTime.apply(answer)));
    if (isGood.test(key, answer)) {
      known.put(key, true, time.now().plus(KNOWN_FOR));
    }
    return answer;
  }
}
