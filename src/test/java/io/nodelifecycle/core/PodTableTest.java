package io.nodelifecycle.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodTableTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private static PodEntry pod(String uid, Instant boundAt) {
    return new PodEntry(
        new PodSnapshot(
            new PodKey("default", "p", uid),
            "1",
            "n",
            List.of(),
            ConditionStatus.TRUE,
            false,
            false,
            null,
            false,
            false,
            Map.of()),
        boundAt);
  }

  /** Few uids in a small table, so that they collide and wrap around its end all the time. */
  @ParameterizedTest(name = "{0} uids")
  @CsvSource({"5", "10", "11", "100", "3000"})
  void isWhatAMapIs(int uids) {
    var table = new PodTable();
    var map = new HashMap<String, PodEntry>();
    var random = new Random(uids);
    for (int step = 0; step < 50_000; step++) {
      var uid = "uid-" + random.nextInt(uids);
      // Grows and shrinks in turn.
      if (random.nextInt(10) < (step / 5_000 % 2 == 0 ? 7 : 3)) {
        var entry = pod(uid, START);
        table.put(entry);
        map.put(uid, entry);
      } else {
        table.remove(uid);
        map.remove(uid);
      }
      var asked = "uid-" + random.nextInt(uids);
      assertThat(table.find(asked)).isSameAs(map.get(asked));
      assertThat(table.size()).isEqualTo(map.size());
    }
    var all = new ArrayList<PodEntry>();
    table.forEach(all::add);
    assertThat(all).containsExactlyInAnyOrderElementsOf(map.values());
  }

  @Test
  void uidsOfTheSameHashAreToldApart() {
    var table = new PodTable();
    var one = pod("Aa", START);
    var other = pod("BB", START);
    table.put(one);
    table.put(other);
    table.remove("Aa");
    assertThat(table.find("Aa")).isNull();
    assertThat(table.find("BB")).isSameAs(other);
  }

  @Test
  void whenAPodWasBoundIsKeptToTheNanosecond() {
    var odd = START.plusNanos(123_456_789);
    assertThat(pod("u", odd).boundAt()).isEqualTo(odd);
    assertThat(pod("u", Instant.EPOCH.minusNanos(1)).boundAt())
        .isEqualTo(Instant.EPOCH.minusNanos(1));
  }

  @Test
  void absurdTimesAreFarAway() {
    var far = Duration.ofDays(200 * 365);
    assertThat(pod("u", Instant.MIN).boundAt()).isEqualTo(Instant.EPOCH.minus(far));
    assertThat(pod("u", Instant.MAX).boundAt()).isEqualTo(Instant.EPOCH.plus(far));
  }
}
