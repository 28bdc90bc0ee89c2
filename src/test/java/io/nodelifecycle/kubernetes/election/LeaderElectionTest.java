package io.nodelifecycle.kubernetes.election;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.http.BodyStream;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A candidate before an API server that does what it should not. */
@Timeout(60)
final class LeaderElectionTest {
  private static final ElectionPolicy POLICY =
      new ElectionPolicy(
          "kube-system",
          "nlc",
          "me",
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2));
  private static final String MINE =
      """
      {"metadata": {"name": "nlc", "resourceVersion": "1"},
       "spec": {"holderIdentity": "me", "leaseDurationSeconds": 15}}
      """;

  private final SteppedTime time = new SteppedTime();
  private final CountDownLatch leads = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(LeaderElection.class);

  LeaderElectionTest() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
  }

  /** How a request is answered. */
  @FunctionalInterface
  private interface Answers {
    String answer(int number, ApiRequest request) throws ApiFailure;
  }

  private LeaderElection election(Answers answers) {
    var exchange =
        new ApiExchange() {
          @Override
          public String server() {
            return "here";
          }

          @Override
          public BodyStream send(ApiRequest request) throws ApiFailure {
            var text = answers.answer(requests.getAndIncrement(), request);
            return BodyStream.complete(List.of(text.getBytes(StandardCharsets.UTF_8)), time);
          }
        };
    return new LeaderElection(POLICY, exchange, time);
  }

  private void start(LeaderElection election) {
    election.ready();
    election.start(_ -> leads.countDown());
  }

  private boolean becomesLeader() throws InterruptedException {
    return leads.await(20, TimeUnit.SECONDS);
  }

  @Test
  void whatMustNotHappenEndsNoElection() throws InterruptedException {
    var election =
        election((number, _) -> {
          if (number == 0) {
            throw new IllegalStateException("odd");
          }
          return MINE;
        });
    start(election);
    assertThat(becomesLeader()).isTrue();
    election.close();
    assertThat(log.list).anyMatch(event -> event.getKeyValuePairs().toString().contains("odd"));
  }

  /** The answer to a renewal comes when it is over. */
  @Test
  void nothingIsCertainOnceItIsClosed() throws InterruptedException {
    var holder = new LeaderElection[1];
    var isAnswered = new CountDownLatch(1);
    holder[0] =
        election((number, _) -> {
          if (number == 3) {
            holder[0].close();
            isAnswered.countDown();
          }
          return MINE;
        });
    start(holder[0]);
    assertThat(becomesLeader()).isTrue();
    assertThat(isAnswered.await(20, TimeUnit.SECONDS)).isTrue();
    holder[0].release();
    assertThat(holder[0].isCertain(time.now())).isFalse();
  }

  /** The lease can be read each time, and never written. */
  @Test
  void aFailureThatGoesOnIsSaidOnceAMinute() {
    var election = new ElectionLog(POLICY, time);
    for (var i = 0; i < 100; i++) {
      election.saw(ElectionLease.ABSENT);
      election.failed("forbidden");
      time.pass(Duration.ofMillis(1200));
    }
    assertThat(log.list).hasSize(2);
  }

  /** A standby that people wait for in vain has to say why. */
  @ParameterizedTest
  @CsvSource({"other, 15, true", "other, 1, false", "me, 15, false", "'', 15, false"})
  void aLeaseThatIsGoneIsSaidOnceUnlessItWasGivenBack(String holder, long seconds, boolean isSaid) {
    var election = new ElectionLog(POLICY, time);
    election.saw(new ElectionLease(holder, Duration.ofSeconds(15), "", "", 1, "1"));
    log.list.clear();
    for (var i = 0; i < 3; i++) {
      election.saw(new ElectionLease("", Duration.ofSeconds(seconds), "", "", 1, "2"));
    }
    assertThat(log.list).hasSize(isSaid ? 1 : 0);
  }
}
