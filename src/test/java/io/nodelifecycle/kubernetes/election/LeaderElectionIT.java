package io.nodelifecycle.kubernetes.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.kubernetes.ApiServerAddress;
import io.nodelifecycle.kubernetes.ConnectionException;
import io.nodelifecycle.kubernetes.KubernetesConnection;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Candidates with clocks of their own at one lease. */
@NeedsControlPlane
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class LeaderElectionIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final int ENDS = 40;
  private static final Duration RETRY = Duration.ofMillis(500);

  private final ControlPlane plane = ControlPlane.start();
  private final List<Candidate> candidates = new ArrayList<>();

  @AfterAll
  void stop() {
    plane.close();
  }

  @AfterEach
  void end() {
    candidates.forEach(Candidate::close);
    candidates.clear();
  }

  /** The machine's clocks, but the wall clock is wrong by some time. */
  private static final class WrongClock implements TimeSource {
    final TimeSource right = new SystemTime();
    volatile Duration difference;

    WrongClock(Duration difference) {
      this.difference = difference;
    }

    @Override
    public Instant now() {
      return right.now();
    }

    @Override
    public Instant wallClock() {
      return right.wallClock().plus(difference);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      right.sleep(duration);
    }
  }

  private static final class Candidate implements LeaderElection.Listener, AutoCloseable {
    final WrongClock time;
    final LeaderElection election;
    final KubernetesConnection connection;
    volatile boolean hasLost;

    Candidate(ControlPlane plane, String lease, String namespace, Duration wrong, Duration retry) {
      time = new WrongClock(wrong);
      try {
        connection =
            KubernetesConnection.open(
                new ApiServerAddress(plane.kubeconfig().toString(), "", "", Map.of()),
                "test",
                time,
                RequestObserver.NONE);
        election =
            connection.election(
                new ElectionPolicy(
                    namespace, lease, "candidate " + wrong, LEASE, Duration.ofSeconds(2), retry));
      } catch (ConnectionException e) {
        throw new IllegalStateException(e);
      }
      election.ready();
      election.start(this);
    }

    boolean leads() {
      return election.isCertain(time.now());
    }

    @Override
    public void leads(boolean isLeader) {
      hasLost = !isLeader;
    }

    @Override
    public void close() {
      election.close();
      connection.close();
    }
  }

  private Candidate candidate(String lease, Duration wrong) {
    var candidate = new Candidate(plane, lease, "kube-system", wrong, RETRY);
    candidates.add(candidate);
    return candidate;
  }

  private static void becomesLeader(Candidate candidate) {
    assertThat(Pause.until(SOON, candidate::leads)).isTrue();
  }

  private JsonNode spec(String lease) {
    return plane.admin().get(path(lease)).orThrow().path("spec");
  }

  private static String path(String lease) {
    return "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/" + lease;
  }

  @Test
  void nobodyTakesALeaseBecauseItsClockIsAMinuteFastOrSlow() {
    var first = candidate("skewed", Duration.ZERO);
    becomesLeader(first);
    var fast = candidate("skewed", Duration.ofMinutes(1));
    var slow = candidate("skewed", Duration.ofMinutes(-1));
    for (var i = 0; i < 80; i++) {
      assertThat(first.leads()).isTrue();
      assertThat(fast.leads()).isFalse();
      assertThat(slow.leads()).isFalse();
      Pause.of(Duration.ofMillis(100));
    }
    first.close();
    assertThat(Pause.until(SOON, () -> fast.leads() || slow.leads())).isTrue();
    assertThat(fast.leads() && slow.leads()).isFalse();
    assertThat(spec("skewed").path("leaseTransitions").asInt()).isEqualTo(1);
  }

  /** As after a machine slept; one renewal later it is known that nobody else leads. */
  @Test
  void aLeaderWhoseWallClockJumpsForwardIsNotCertainUntilItHasRenewed() {
    var candidate = candidate("jumping", Duration.ZERO);
    becomesLeader(candidate);
    candidate.time.difference = Duration.ofMinutes(1);
    assertThat(candidate.leads()).isFalse();
    becomesLeader(candidate);
    candidate.time.difference = Duration.ofMinutes(-1);
    assertThat(candidate.leads()).isTrue();
    assertThat(candidate.hasLost).isFalse();
  }

  @Test
  void aLeaseWithAbsurdTimesIsWaitedForLikeAnyOther() {
    var absurd =
        ApiClient.json(
            """
            {"metadata": {"name": "absurd"},
             "spec": {"holderIdentity": "someone", "leaseDurationSeconds": 2000000000,
               "leaseTransitions": 2147483647,
               "acquireTime": "9999-12-31T23:59:59.000000Z",
               "renewTime": "0001-01-01T00:00:00.000000Z"}}
            """);
    plane
        .admin()
        .post("/apis/coordination.k8s.io/v1/namespaces/kube-system/leases", absurd)
        .orThrow();
    var began = Instant.now();
    var candidate = candidate("absurd", Duration.ZERO);
    becomesLeader(candidate);
    assertThat(Duration.between(began, Instant.now())).isGreaterThanOrEqualTo(LEASE);
  }

  @Test
  void whoSeesAnotherInItsPlaceHasLost() {
    var candidate = candidate("stolen", Duration.ZERO);
    becomesLeader(candidate);
    plane
        .admin()
        .mergePatch(path("stolen"), ApiClient.json("{\"spec\": {\"holderIdentity\": \"thief\"}}"))
        .orThrow();
    assertThat(Pause.until(SOON, () -> candidate.hasLost)).isTrue();
    assertThat(candidate.leads()).isFalse();
    assertThat(spec("stolen").path("holderIdentity").asString()).isEqualTo("thief");
  }

  @Test
  void aLeaseThatIsTakenAwayIsMadeAgainWithItsLabelsKeptOtherwise() {
    var candidate = candidate("labelled", Duration.ZERO);
    becomesLeader(candidate);
    var label = ApiClient.json("{\"metadata\": {\"labels\": {\"a\": \"b\"}}}");
    plane.admin().mergePatch(path("labelled"), label).orThrow();
    Pause.of(LEASE);
    assertThat(candidate.leads()).isTrue();
    assertThat(plane.admin().get(path("labelled")).body().at("/metadata/labels/a").asString())
        .isEqualTo("b");
    plane.admin().delete(path("labelled")).orThrow();
    assertThat(Pause.until(SOON, () -> plane.admin().get(path("labelled")).isSuccess())).isTrue();
    assertThat(candidate.hasLost).isFalse();
    assertThat(candidate.leads()).isTrue();
  }

  /** The leader may have renewed a moment ago: it has the time to make the lease again. */
  @Test
  void nobodyElseLeadsWhileTheLeaseIsTakenAway() {
    var leader = candidate("deleted", Duration.ZERO);
    becomesLeader(leader);
    var standby = candidate("deleted", Duration.ofSeconds(1));
    for (var millis : List.of(700, 790, 880, 970, 1060)) {
      Pause.of(Duration.ofMillis(millis));
      plane.admin().delete(path("deleted")).orThrow();
      var isBack =
          Pause.until(
              SOON,
              () -> {
                assertThat(standby.leads()).as("after %d ms", millis).isFalse();
                return plane.admin().get(path("deleted")).isSuccess();
              });
      assertThat(isBack).isTrue();
      assertThat(leader.leads()).isTrue();
    }
    assertThat(leader.hasLost).isFalse();
  }

  @Test
  void whoEndedWithoutALeaseToGiveBackIsWaitedFor() {
    var leader = candidate("orphaned", Duration.ZERO);
    becomesLeader(leader);
    var standby = candidate("orphaned", Duration.ofSeconds(1));
    Pause.of(Duration.ofSeconds(1));
    leader.close();
    var began = Instant.now();
    plane.admin().delete(path("orphaned")).orThrow();
    becomesLeader(standby);
    assertThat(Duration.between(began, Instant.now())).isBetween(LEASE, LEASE.plusSeconds(2));
  }

  @Test
  void aLeaseWithoutItsTimesIsRenewed() {
    var candidate = candidate("timeless", Duration.ZERO);
    becomesLeader(candidate);
    var none = ApiClient.json("{\"spec\": {\"acquireTime\": null, \"renewTime\": null}}");
    plane.admin().mergePatch(path("timeless"), none).orThrow();
    Pause.of(LEASE);
    assertThat(candidate.hasLost).isFalse();
    assertThat(candidate.leads()).isTrue();
    assertThat(spec("timeless").path("acquireTime").asString()).isNotEmpty();
    assertThat(spec("timeless").path("renewTime").asString()).isNotEmpty();
  }

  @Test
  void aNamespaceThatIsMissingIsWaitedFor() {
    var candidate = new Candidate(plane, "nlc", "not-yet", Duration.ZERO, RETRY);
    candidates.add(candidate);
    Pause.of(Duration.ofSeconds(2));
    assertThat(candidate.leads()).isFalse();
    var namespace = ApiClient.json("{\"metadata\": {\"name\": \"not-yet\"}}");
    plane.admin().post("/api/v1/namespaces", namespace).orThrow();
    becomesLeader(candidate);
  }

  @Test
  void aLeaseThatIsGivenBackIsFreeAtOnce() throws InterruptedException {
    var first = candidate("given-back", Duration.ZERO);
    becomesLeader(first);
    var second = candidate("given-back", Duration.ofSeconds(1));
    var began = Instant.now();
    first.election.release();
    becomesLeader(second);
    assertThat(Duration.between(began, Instant.now())).isLessThan(LEASE);
  }

  /** It renews all the time, so that some end while a request is under way, or as they begin. */
  @Test
  void aLeaseIsGivenBackWheneverItsHolderEnds() throws InterruptedException {
    for (var i = 0; i < ENDS; i++) {
      var candidate =
          new Candidate(plane, "ended", "kube-system", Duration.ZERO, Duration.ofMillis(2));
      candidates.add(candidate);
      Pause.of(Duration.ofMillis(7L * (i % (ENDS / 2))));
      if (i >= ENDS / 2) {
        becomesLeader(candidate);
        Pause.of(Duration.ofMillis(i));
      }
      candidate.election.release();
      candidate.close();
      var lease = plane.admin().get(path("ended")).body();
      assertThat(lease.at("/spec/holderIdentity").asString("")).as("end %d", i).isEmpty();
    }
  }
}
