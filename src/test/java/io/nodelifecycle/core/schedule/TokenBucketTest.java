package io.nodelifecycle.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenBucketTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");

  private static Instant at(long millis) {
    return T0.plusMillis(millis);
  }

  @ParameterizedTest(name = "{0} per second, burst 1: no token after {1} ms, one after {2} ms")
  @CsvSource({
    "0.1,      9999,     10000",
    "0.01,    99999,    100000",
    "1,         999,      1000",
    "20,         49,        50",
    "0.3,      3333,      3334",
    "1000,        0,         1",
  })
  void aTokenComesBackExactlyWhenTheRateSays(double rate, long before, long after) {
    var bucket = TokenBucket.full(rate, 1, T0);
    assertThat(bucket.tryTake(T0)).isTrue();
    assertThat(bucket.tryTake(T0)).isFalse();
    assertThat(bucket.tryTake(at(before))).isFalse();
    assertThat(bucket.tryTake(at(after))).isTrue();
    assertThat(bucket.tryTake(at(after))).isFalse();
  }

  @Test
  void aRestAccumulatesNoMoreThanTheBurst() {
    var bucket = TokenBucket.full(2, 3, T0);
    assertThat(taken(bucket, at(0))).isEqualTo(3);
    assertThat(taken(bucket, at(999))).isEqualTo(1);
    assertThat(taken(bucket, at(1000))).isEqualTo(1);
    assertThat(taken(bucket, at(3_600_000))).isEqualTo(3);
  }

  private static int taken(TokenBucket bucket, Instant now) {
    var count = 0;
    while (bucket.tryTake(now)) {
      count++;
    }
    return count;
  }

  @Test
  void aRateOfZeroNeverLetsAnythingOut() {
    var bucket = TokenBucket.full(0, 1, T0);
    assertThat(bucket.hasToken(T0)).isFalse();
    assertThat(bucket.hasToken(T0.plus(Duration.ofDays(36_500)))).isFalse();
    assertThat(bucket.nextToken(T0)).isEqualTo(Instant.MAX);
  }

  @Test
  void anEmptyBucketHasItsFirstTokenAfterOneInterval() {
    var bucket = TokenBucket.empty(0.5, 1, T0);
    assertThat(bucket.nextToken(T0)).isEqualTo(at(2000));
    assertThat(bucket.hasToken(at(1999))).isFalse();
    assertThat(bucket.hasToken(at(2000))).isTrue();
  }

  @ParameterizedTest(name = "rate {0}: the token announced is there, and not a nanosecond before")
  @CsvSource({"0.1", "0.3", "0.07", "1", "3", "7", "20", "333.3", "1e-7", "1000000"})
  void theAnnouncedInstantIsTheOneOfTheNextToken(double rate) {
    var bucket = TokenBucket.full(rate, 1, T0);
    var now = T0;
    for (var i = 0; i < 100; i++) {
      assertThat(bucket.tryTake(now)).as("token %d", i).isTrue();
      var next = bucket.nextToken(now);
      assertThat(next).isAfter(now);
      now = next;
    }
  }

  @Test
  void lookingOftenLosesNothing() {
    var bucket = TokenBucket.full(0.1, 1, T0);
    assertThat(bucket.tryTake(T0)).isTrue();
    for (var millis = 1; millis < 10_000; millis++) {
      assertThat(bucket.hasToken(at(millis))).as("after %d ms", millis).isFalse();
    }
    assertThat(bucket.hasToken(at(10_000))).isTrue();
  }

  @Test
  void anInstantOfThePastGivesNothingAndTakesNothing() {
    var bucket = TokenBucket.full(1, 1, at(5000));
    assertThat(bucket.tryTake(at(5000))).isTrue();
    assertThat(bucket.hasToken(at(1000))).isFalse();
    assertThat(bucket.hasToken(at(6000))).isTrue();
  }

  @Test
  void restsOfCenturiesDoNotOverflow() {
    var bucket = TokenBucket.full(1e-12, 1, T0);
    assertThat(bucket.tryTake(T0)).isTrue();
    assertThat(bucket.nextToken(T0)).isAfter(T0.plus(Duration.ofDays(10_000)));
    assertThat(bucket.hasToken(T0.plus(Duration.ofDays(300_000_000)))).isFalse();
  }

  @Test
  void aBorrowedTokenIsOwed() {
    var bucket = TokenBucket.full(2, 1, T0);
    assertThat(bucket.tryTake(T0)).isTrue();
    bucket.borrow(T0);
    assertThat(bucket.nextToken(T0)).isEqualTo(T0.plusSeconds(1));
    assertThat(bucket.hasToken(T0.plusMillis(999))).isFalse();
    assertThat(bucket.hasToken(T0.plusMillis(1000))).isTrue();
  }

  @Test
  void aTokenThatIsGivenBackCanBeTakenAgainAndNoMoreThanTheBurst() {
    var bucket = TokenBucket.full(1, 2, T0);
    assertThat(bucket.tryTake(T0)).isTrue();
    bucket.borrow(T0);
    bucket.giveBack(T0);
    assertThat(bucket.tryTake(T0)).isTrue();
    assertThat(bucket.tryTake(T0)).isFalse();
    bucket.giveBack(T0.plusSeconds(10));
    assertThat(bucket.tryTake(T0.plusSeconds(10))).isTrue();
    assertThat(bucket.tryTake(T0.plusSeconds(10))).isTrue();
    assertThat(bucket.tryTake(T0.plusSeconds(10))).isFalse();
  }
}
