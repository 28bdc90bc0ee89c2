package io.nodelifecycle.serving.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.foreign.ForeignFinding;
import io.nodelifecycle.core.foreign.ForeignWrite;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JudgementTest {
  private static final Instant NOW = Instant.parse("2024-05-06T07:08:09Z");

  private static Optional<Instant> ago(String duration) {
    return Optional.ofNullable(duration).map(text -> NOW.minus(Duration.parse(text)));
  }

  private static String text(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Passed _ -> "ok";
      case Verdict.Warned(var reason) -> "warned: " + reason;
      case Verdict.Failed(var reason) -> "failed: " + reason;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "PT29.999S, PT10M, ok",
    "PT30S, PT10M, ok",
    "PT30.001S, PT10M, failed: no step for 30s",
    ", PT30S, ok",
    ", PT31S, failed: no step for 31s"
  })
  void aLoopThatDoesNotStepIsDead(String lastStep, String started, String verdict) {
    assertThat(text(Judgement.loop(ago(lastStep), ago(started).orElseThrow(), NOW)))
        .isEqualTo(verdict);
  }

  @ParameterizedTest(name = "answered {0} ago, API server {1} ago, since {2}: {3}")
  @CsvSource({
    // Judged by the later of what was heard of the watch and since when the API server answers.
    "PT5M, PT0S, PT1H, ok",
    "PT5M1S, PT0S, PT1H, failed: nothing heard for 301s although the API server answers",
    "PT1H, PT0S, PT5M, ok",
    "PT1H, PT0S, PT5M1S, failed: nothing heard for 301s although the API server answers",
    "PT1S, PT0S, PT1H, ok",
    // The API server is away, or was a moment ago.
    "PT1H, PT90S, PT2H, failed: nothing heard for 3600s although the API server answers",
    "PT1H, PT91S, PT2H, ok",
    // Never listed: that is not being ready.
    ", PT0S, PT1H, ok"
  })
  void aWatchIsDeadIfTheApiServerAnswersOthers(
      String answered, String last, String since, String verdict) {
    var contact = new Contact(ago(last).orElseThrow(), ago(since).orElseThrow());
    assertThat(text(Judgement.watch(ago(answered), contact, NOW))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"PT2M, ok", "PT2M1S, warned: nothing heard for 121s", ", ok"})
  void peopleHearOfAQuietWatchSooner(String answered, String verdict) {
    assertThat(text(Judgement.quiet(ago(answered), NOW))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    ", ok",
    "PT39.999S, ok",
    "PT40S, failed: the watch lacks renewals for 40s",
    "PT41S, failed: the watch lacks renewals for 41s"
  })
  void leasesMayBeBehindForOneGracePeriod(String behindSince, String verdict) {
    assertThat(text(Judgement.leases(ago(behindSince), Duration.ofSeconds(40), NOW)))
        .isEqualTo(verdict);
  }

  @Test
  void notSyncedSaysWhatIsMissing() {
    assertThat(Judgement.synced(true, Set.of(Resource.NODES))).isEqualTo(Verdict.OK);
    assertThat(text(Judgement.synced(false, EnumSet.of(Resource.PODS, Resource.LEASES))))
        .isEqualTo("failed: not listed yet: leases, pods");
    assertThat(text(Judgement.synced(false, Set.of())))
        .isEqualTo("failed: lists are being taken in");
  }

  @ParameterizedTest
  @CsvSource({", ok", "PT-5S, failed: why", "PT30S, failed: why", "PT30.001S, ok"})
  void aFailedReadCountsUntilSomeTimeAfterItsRepetition(String retryAt, String verdict) {
    var failed = ago(retryAt).map(at -> new Judgement.FailedRead("why", at));
    assertThat(text(Judgement.liveReads(failed, NOW))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    ", ok",
    "PT10M, 'warned: kcm added a taint of node a, seen 600s ago; two controllers undo each other''s"
        + " work, switch one off'",
    "PT10M1S, ok"
  })
  void anotherControllerIsWarnedOfForSomeTime(String seen, String verdict) {
    var write =
        new ForeignWrite(
            ForeignWrite.Kind.TAINT_ADDED, new NodeKey("a", "uid-a"), "7", "added a taint");
    var finding = ago(seen).map(at -> new ForeignFinding(write, "kcm", Map.of(), at));
    assertThat(text(Judgement.foreign(finding, NOW))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "P7D, , ok",
    "P6DT23H59M59S, , warned: expires at 2024-05-13T07:08:08Z",
    "PT0.001S, , warned: expires at 2024-05-06T07:08:09.001Z",
    "PT0S, , warned: expired at 2024-05-06T07:08:09Z",
    "P8D, broken, warned: broken",
    "PT1S, broken, warned: expires at 2024-05-06T07:08:10Z; broken",
    "PT0S, broken, warned: expired at 2024-05-06T07:08:09Z; broken"
  })
  void aCertificateIsWarnedOf(String left, String problem, String verdict) {
    assertThat(
            text(
                Judgement.certificate(
                    Optional.ofNullable(problem), NOW.plus(Duration.parse(left)), NOW)))
        .isEqualTo(verdict);
  }
}
