package io.nodelifecycle.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.ListEnd;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Resource;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an observation costs does not depend on how many nodes there are. */
final class ObservationCostTest {
  private static final Instant T0 = Instant.parse("2030-01-01T00:00:00Z");
  private static final long BEAT_NANOS = 10_000_000_000L;

  /** Six of each of many nodes: longer than the grace period, so that each is judged anew. */
  private static final int RENEWALS = 90_000;

  private static final int FEW = 500;
  private static final int MANY = 15_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private LifecycleController controller = new LifecycleController(CorePolicy.defaults());
  private long version;

  /** How often the labels of some node were looked at: whoever judges a node does. */
  private int looks;

  private final class WatchedLabels extends HashMap<String, String> {
    private static final long serialVersionUID = 1;

    @Override
    public boolean containsKey(Object key) {
      looks++;
      return super.containsKey(key);
    }
  }

  private void list(int count) {
    controller = new LifecycleController(CorePolicy.defaults());
    for (var i = 0; i < count; i++) {
      controller.observe(new NodeSeen(node(i, ConditionStatus.TRUE), true, T0), T0);
    }
    for (var resource : List.of(Resource.NODES, Resource.LEASES, Resource.PODS)) {
      controller.observe(new ListEnd(resource), T0);
    }
    controller.advance(T0);
  }

  private NodeSnapshot node(int number, ConditionStatus ready) {
    var condition = new NodeCondition(NodeCondition.READY, ready, T0, T0);
    return new NodeSnapshot(
        "n" + number,
        "uid-" + number,
        Long.toString(++version),
        T0,
        new WatchedLabels(),
        List.of(),
        false,
        List.of(condition));
  }

  private void renew(int number, Instant now) {
    controller.observe(new LeaseSeen("n" + number, Long.toString(++version)), now);
  }

  private void step(Instant now) {
    assertThat(controller.advance(now)).isEmpty();
    assertThat(controller.nextWake(now)).isAfter(now);
  }

  /** The nodes renew their leases in turn, each in a step of its own. */
  private Instant renewInTurn(int count, Instant from) {
    var now = from;
    for (var i = 0; i < RENEWALS; i++) {
      now = now.plusNanos(BEAT_NANOS / count);
      renew(i % count, now);
      controller.advance(now);
      controller.nextWake(now);
    }
    return now;
  }

  private long bytesPerRenewal(int count) {
    list(count);
    var now = renewInTurn(count, T0);
    var before = threads.getCurrentThreadAllocatedBytes();
    renewInTurn(count, now);
    return (threads.getCurrentThreadAllocatedBytes() - before) / RENEWALS;
  }

  @Test
  void aRenewalAllocatesAsMuchAsInASmallCluster() {
    var few = bytesPerRenewal(FEW);
    var many = bytesPerRenewal(MANY);
    assertThat(many).isLessThan(few + few / 10);
  }

  /**
   * From 25 s on no node is surely well, so the one that is not ready must wait in its queue, and
   * that is tried every 100 ms.
   */
  @ParameterizedTest
  @ValueSource(ints = {FEW, MANY})
  void aQueueThatIsHeldLooksAtNoNodeAgain(int count) {
    list(count);
    controller.observe(new NodeSeen(node(0, ConditionStatus.FALSE), false, T0), T0);
    controller.advance(T0.plusSeconds(26));
    looks = 0;
    for (var millis = 26_100; millis < 36_000; millis += 100) {
      step(T0.plusMillis(millis));
    }
    assertThat(looks).isZero();
  }

  /** The others are silent; what is left are the renewals of one node. */
  @ParameterizedTest
  @ValueSource(ints = {FEW, MANY})
  void aRenewalLooksAtItsNodeOnly(int count) {
    list(count);
    controller.observe(new NodeSeen(node(0, ConditionStatus.FALSE), false, T0), T0);
    controller.advance(T0.plusSeconds(26));
    looks = 0;
    for (var millis = 26_100; millis < 36_000; millis += 100) {
      renew(0, T0.plusMillis(millis));
      step(T0.plusMillis(millis));
    }
    assertThat(looks).isLessThanOrEqualTo(99);
  }
}
