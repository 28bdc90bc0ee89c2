package io.nodelifecycle.serving.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ExpiringCacheTest {
  private static final Instant NOW = Instant.parse("2024-05-06T07:08:09Z");

  private final ExpiringCache<String, Integer> cache = new ExpiringCache<>(3);

  @Test
  void remembersUpToTheEnd() {
    cache.put("a", 1, NOW.plusSeconds(5));
    assertThat(cache.get("a", NOW.plusMillis(4_999))).hasValue(1);
    assertThat(cache.get("a", NOW.plusSeconds(5))).isEmpty();
    assertThat(cache.size()).isZero();
    cache.put("b", 2, NOW);
    assertThat(cache.get("b", NOW)).isEmpty();
  }

  @Test
  void theOldestMakesRoom() {
    var end = NOW.plusSeconds(5);
    cache.put("a", 1, end);
    cache.put("b", 2, end);
    cache.put("c", 3, end);
    cache.put("a", 4, end);
    cache.put("d", 5, end);
    assertThat(cache.size()).isEqualTo(3);
    assertThat(cache.get("b", NOW)).isEmpty();
    assertThat(cache.get("a", NOW)).hasValue(4);
  }
}
