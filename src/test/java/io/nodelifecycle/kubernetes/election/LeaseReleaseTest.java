package io.nodelifecycle.kubernetes.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.http.BodyStream;
import io.nodelifecycle.runtime.SystemTime;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.Pause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An election that ends while a request is under way, or whose last one fails. */
@Timeout(60)
final class LeaseReleaseTest {
  /** A second to give the lease back; the rest is for a slow machine. */
  private static final Duration BOUND = Duration.ofMillis(1_500);

  private final TimeSource time = new SystemTime();
  private final LeaseServer server = new LeaseServer();

  private LeaderElection start(Duration retryPeriod) {
    var policy =
        new ElectionPolicy(
            "kube-system",
            "nlc",
            "me",
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            retryPeriod);
    var election = new LeaderElection(policy, server, time);
    election.ready();
    election.start(_ -> {});
    return election;
  }

  private void release(LeaderElection election) throws InterruptedException {
    var began = time.now();
    election.release();
    assertThat(Duration.between(began, time.now())).isLessThan(BOUND);
    assertThat(election.isCertain(time.now())).isFalse();
  }

  /** What becomes of a write. */
  enum Fate {
    /** It is done, and the answer takes a while. */
    SLOW,
    /** It is done, and nobody hears of it. */
    UNHEARD,
    /** It is done, and the connection breaks. */
    BROKEN_AFTER,
    /** The connection breaks before it is done. */
    BROKEN_BEFORE,
    /** Somebody writes a label before it is done. */
    LABELLED,
    /** Another becomes the holder before it is done. */
    TAKEN
  }

  /** The first write takes the lease, the second is a renewal. */
  @ParameterizedTest
  @CsvSource({"1, SLOW", "1, UNHEARD", "2, SLOW", "2, UNHEARD"})
  void aLeaseIsGivenBackWhateverIsUnderWay(int number, Fate fate) throws InterruptedException {
    server.fates = Map.of(number, fate);
    var election = start(Duration.ofMillis(50));
    assertThat(server.met.await(20, TimeUnit.SECONDS)).isTrue();
    release(election);
    assertThat(server.holder()).isEmpty();
    assertThat(server.duration()).as("free at once").isEqualTo(1);
  }

  /** An answer was lost, and the look that was to follow has not come yet. */
  @Test
  void aLeaseThatWasTakenUnheardIsGivenBack() throws InterruptedException {
    server.fates = Map.of(1, Fate.BROKEN_AFTER);
    var election = start(Duration.ofSeconds(2));
    assertThat(server.met.await(20, TimeUnit.SECONDS)).isTrue();
    release(election);
    assertThat(server.holder()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"BROKEN_AFTER", "BROKEN_BEFORE", "LABELLED"})
  void aLeaseThatCouldNotBeGivenBackIsLookedAtAndGivenBackAgain(Fate fate)
      throws InterruptedException {
    var election = becomesLeader();
    server.fates = Map.of(2, fate);
    release(election);
    assertThat(server.holder()).isEmpty();
  }

  @Test
  void aLeaseThatAnotherHoldsByNowIsLeftToIt() throws InterruptedException {
    var election = becomesLeader();
    server.fates = Map.of(2, Fate.TAKEN);
    release(election);
    assertThat(server.holder()).isEqualTo("other");
    assertThat(server.writes()).isEqualTo(2);
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWaitedForLonger() throws InterruptedException {
    var election = becomesLeader();
    server.fates = Map.of(2, Fate.UNHEARD);
    release(election);
    assertThat(server.writes()).isEqualTo(2);
  }

  @Test
  void aStandbyHasNothingToGiveBack() throws InterruptedException {
    server.fates = Map.of(1, Fate.TAKEN);
    var election = start(Duration.ofMillis(50));
    assertThat(server.met.await(20, TimeUnit.SECONDS)).isTrue();
    release(election);
    assertThat(server.holder()).isEqualTo("other");
    assertThat(server.writes()).isEqualTo(1);
  }

  private LeaderElection becomesLeader() {
    var election = start(Duration.ofSeconds(5));
    assertThat(Pause.until(Duration.ofSeconds(20), () -> election.isCertain(time.now()))).isTrue();
    return election;
  }

  /** Keeps one lease as the API server does. */
  private final class LeaseServer implements ApiExchange {
    /** Met a fate. */
    final CountDownLatch met = new CountDownLatch(1);

    /** Of writes, by their number. */
    volatile Map<Integer, Fate> fates = Map.of();

    private String holder = "";
    private int duration;
    private int version;
    private int writes;

    synchronized String holder() {
      return holder;
    }

    synchronized int duration() {
      return duration;
    }

    synchronized int writes() {
      return writes;
    }

    @Override
    public String server() {
      return "here";
    }

    @Override
    public BodyStream send(ApiRequest request) throws ApiFailure, InterruptedException {
      var text = request.method().equals("GET") ? text() : write(request);
      return BodyStream.complete(List.of(text.getBytes(StandardCharsets.UTF_8)), time);
    }

    private synchronized int next() {
      return ++writes;
    }

    private String write(ApiRequest request) throws ApiFailure, InterruptedException {
      var fate = fates.get(next());
      if (fate == null) {
        return commit(request);
      }
      try {
        return meet(fate, request);
      } finally {
        met.countDown();
      }
    }

    private String meet(Fate fate, ApiRequest request) throws ApiFailure, InterruptedException {
      switch (fate) {
        case LABELLED -> change(holder());
        case TAKEN -> change("other");
        case BROKEN_BEFORE -> throw ApiFailure.unanswered("broken");
        case SLOW, UNHEARD, BROKEN_AFTER -> {}
      }
      var text = commit(request);
      switch (fate) {
        case BROKEN_AFTER -> throw ApiFailure.unanswered("broken");
        case SLOW -> answerAfter(Duration.ofMillis(200));
        case UNHEARD -> {
          answerAfter(request.timeout());
          throw ApiFailure.unanswered("no answer");
        }
        case LABELLED, TAKEN, BROKEN_BEFORE -> {}
      }
      return text;
    }

    private void answerAfter(Duration duration) throws InterruptedException {
      met.countDown();
      time.sleep(duration);
    }

    private synchronized void change(String changed) {
      holder = changed;
      version++;
    }

    private synchronized String commit(ApiRequest request) throws ApiFailure {
      var lease = ApiClient.json(request.body());
      var expected = request.method().equals("POST") ? 0 : version;
      if (lease.at("/metadata/resourceVersion").asInt(0) != expected || expected != version) {
        throw new ApiFailure(409, "it has changed", Duration.ZERO);
      }
      duration = lease.at("/spec/leaseDurationSeconds").asInt();
      change(lease.at("/spec/holderIdentity").asString());
      return text();
    }

    private synchronized String text() throws ApiFailure {
      if (version == 0) {
        throw new ApiFailure(404, "there is none", Duration.ZERO);
      }
      return """
      {"metadata": {"name": "nlc", "resourceVersion": "%d"},
       "spec": {"holderIdentity": "%s", "leaseDurationSeconds": %d}}
      """
          .formatted(version, holder, duration);
    }
  }
}
