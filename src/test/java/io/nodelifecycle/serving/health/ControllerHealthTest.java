package io.nodelifecycle.serving.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.foreign.ForeignFinding;
import io.nodelifecycle.core.foreign.ForeignWrite;
import io.nodelifecycle.core.model.NodeKey;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ControllerHealthTest {
  private static final Set<Resource> FOLLOWED =
      Set.of(Resource.NODES, Resource.PODS, Resource.LEASES);

  private final SteppedTime time = new SteppedTime();
  private final Map<Resource, Instant> answers = new EnumMap<>(Resource.class);
  private final ControllerHealth health =
      new ControllerHealth(FOLLOWED, Duration.ofSeconds(40), time);
  private Optional<Instant> lastStep = Optional.empty();

  @BeforeEach
  void wire() {
    health.readAnswersFrom(() -> answers);
    health.readLastStepFrom(() -> lastStep);
  }

  private static String failing(List<HealthCheck> checks) {
    return checks.stream()
        .filter(check -> check.verdict().get() instanceof Verdict.Failed)
        .map(HealthCheck::name)
        .toList()
        .toString();
  }

  private void pass(int seconds) {
    time.pass(Duration.ofSeconds(seconds));
  }

  private void allIsHeard() {
    lastStep = Optional.of(time.now());
    FOLLOWED.forEach(resource -> answers.put(resource, time.now()));
    health.answered(200, "GET", "host", Duration.ZERO);
  }

  @Test
  void isAliveAndNotReadyBeforeTheFirstList() {
    assertThat(failing(health.liveness())).isEqualTo("[]");
    assertThat(failing(health.readiness())).isEqualTo("[caches-synced]");
    health.announce(new Action.Synced(1, 2));
    assertThat(failing(health.readiness())).isEqualTo("[]");
  }

  @Test
  void aLoopThatNeverBeganIsDead() {
    pass(31);
    assertThat(failing(health.liveness())).isEqualTo("[control-loop]");
  }

  @Test
  void theDeadWatchIsNamedWhileTheOthersAreHeard() {
    allIsHeard();
    for (int minute = 0; minute < 6; minute++) {
      var leases = answers.get(Resource.LEASES);
      pass(60);
      allIsHeard();
      answers.put(Resource.LEASES, leases);
      failing(health.liveness());
    }
    assertThat(failing(health.liveness())).isEqualTo("[watch-leases]");
  }

  @Test
  void isAliveWhileTheApiServerIsAwayAndForAWhileAfterItsReturn() {
    allIsHeard();
    for (int minute = 0; minute < 60; minute++) {
      pass(60);
      lastStep = Optional.of(time.now());
      health.answered(0, "GET", "host", Duration.ZERO);
      health.answered(503, "GET", "host", Duration.ZERO);
      assertThat(failing(health.liveness())).isEqualTo("[]");
    }
    health.answered(200, "GET", "host", Duration.ZERO);
    assertThat(failing(health.liveness())).isEqualTo("[]");
    answers.put(Resource.NODES, time.now());
    pass(60);
    allIsHeard();
    assertThat(failing(health.liveness())).isEqualTo("[]");
  }

  @Test
  void leasesThatStayBehindEndLiveness() {
    allIsHeard();
    health.announce(new Action.LeaseWatchBehind(1));
    pass(38);
    allIsHeard();
    assertThat(failing(health.liveness())).isEqualTo("[]");
    pass(1);
    assertThat(failing(health.liveness())).isEqualTo("[leases-heard]");
    health.announce(new Action.LeaseWatchCaughtUp(40));
    assertThat(failing(health.liveness())).isEqualTo("[]");
  }

  @Test
  void readsOfLeasesThatFailEndReadiness() {
    health.announce(new Action.Synced(1, 2));
    health.announce(
        new Action.LiveReadFailed(new Action.ReadNode(new NodeKey("n", "uid")), "no", 1));
    assertThat(failing(health.readiness())).isEqualTo("[]");
    health.announce(new Action.LiveReadFailed(new Action.ReadLeases(), "no", 5));
    assertThat(failing(health.readiness())).isEqualTo("[live-lease-reads]");
    pass(36);
    assertThat(failing(health.readiness())).isEqualTo("[]");
    health.announce(new Action.LiveReadFailed(new Action.ReadLease("n"), "no", 5));
    assertThat(failing(health.readiness())).isEqualTo("[live-lease-reads]");
    health.announce(new Action.LiveReadRecovered(new Action.ReadLeases()));
    assertThat(failing(health.readiness())).isEqualTo("[]");
  }

  @Test
  void saysItsRoleAndWhatElseIsToBeSaid() {
    assertThat(role()).isEqualTo(new Verdict.Passed("alone"));
    health.leads(false);
    assertThat(role()).isEqualTo(new Verdict.Passed("standby"));
    health.leads(true);
    assertThat(role()).isEqualTo(new Verdict.Passed("leader"));
    health.alsoReady(new HealthCheck("weather", () -> new Verdict.Warned("rain")));
    assertThat(health.readiness()).extracting(HealthCheck::name).contains("weather");
  }

  @Test
  void anotherControllerIsSaidAndFailsNothing() {
    var write =
        new ForeignWrite(
            ForeignWrite.Kind.TAINT_ADDED, new NodeKey("n", "uid"), "7", "added a taint");
    health.announce(new Action.Synced(1, 2));
    health.announce(
        new Action.ForeignWriteSeen(new ForeignFinding(write, "kcm", Map.of(), time.now())));
    assertThat(failing(health.readiness())).isEqualTo("[]");
    assertThat(health.readiness())
        .filteredOn(check -> check.name().equals("foreign-controller"))
        .singleElement()
        .satisfies(check -> assertThat(check.verdict().get()).isInstanceOf(Verdict.Warned.class));
  }

  private Verdict role() {
    return health.readiness().getLast().verdict().get();
  }
}
