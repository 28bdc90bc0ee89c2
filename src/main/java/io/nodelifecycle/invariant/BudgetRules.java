package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action.Priority;
import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Action.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How many requests may be sent, and in which order.
 *
 * <p>A live read of a node also pays for the first write that it lets through: that one may go out
 * as soon as the read is answered, and does not count again.
 */
final class BudgetRules {
  private static final double ROUNDING = 1e-4;

  /** Of twenty requests each class that waits gets one; all classes may wait for theirs. */
  private static final int PASSED_OVER_MAX = 19 + Priority.values().length;

  private static final int PASSED_OVER_MIN = 19;

  /**
   * While more are under way, a class may wait for an answer instead of its turn: then it keeps its
   * place and does not move up.
   */
  private static final int UNDER_WAY = 2;

  private final String process;
  private final double perSecond;
  private final int burst;
  private final Reporter reporter;
  private final Map<String, Boolean> prepaid = new HashMap<>();
  private final Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
  private final Map<Priority, Integer> passedOver = new EnumMap<>(Priority.class);
  private int underWay;
  private double tokens;
  private Instant refilledAt = Instant.MIN;

  /**
   * A budget.
   *
   * @param perSecond requests per second; infinity for no limit
   */
  BudgetRules(String process, double perSecond, int burst, Reporter reporter) {
    this.process = process;
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.reporter = reporter;
  }

  void sent(Request request, Instant now) {
    var isPrepaid = request instanceof Write write && prepaid.remove(write.basis()) != null;
    if (isPrepaid) {
      passOver(request.priority(), true);
      return;
    }
    take(now);
    if (request instanceof ReadNode(var key)) {
      prepaid.put(key.name(), false);
      tokens -= 1;
    }
    checkOrder(request.priority(), now);
  }

  /** An event is sent. */
  void posted(Instant now) {
    take(now);
    checkOrder(Priority.EVENTS, now);
  }

  private void take(Instant now) {
    if (Double.isInfinite(perSecond)) {
      tokens = burst;
      return;
    }
    refill(now);
    takeBack();
    reporter.check(
        tokens >= 1 - ROUNDING,
        Rule.BUDGET,
        process,
        now,
        () ->
            "sends with %.4f of a request left; %s/s, burst %d"
                .formatted(tokens, perSecond, burst));
    tokens = Math.max(0, tokens - 1);
  }

  /**
   * What answered reads paid for and did not let through pays for the next request. Two reads can
   * leave a debt: then it takes what both paid for.
   */
  private void takeBack() {
    var answered = prepaid.values().iterator();
    while (tokens < 1 - ROUNDING && answered.hasNext()) {
      if (answered.next()) {
        answered.remove();
        tokens = Math.min(burst, tokens + 1);
      }
    }
  }

  private void refill(Instant now) {
    if (refilledAt.equals(Instant.MIN)) {
      refilledAt = now;
    } else if (now.isAfter(refilledAt)) {
      var rest = Duration.between(refilledAt, now);
      tokens += Moments.seconds(rest) * perSecond;
      tokens = Math.min(burst, tokens);
      refilledAt = now;
    }
  }

  /** A read was answered: what it paid for goes out in this step, or not at all. */
  void ended(Read read) {
    if (read instanceof ReadNode(var key)) {
      prepaid.computeIfPresent(key.name(), (_, _) -> true);
    }
  }

  /** The step is over: what was paid for and not sent is given back. */
  void stepped(Instant now) {
    for (var isOver : prepaid.values()) {
      if (isOver) {
        refill(now);
        tokens = Math.min(burst, tokens + 1);
      }
    }
    prepaid.values().removeIf(isOver -> isOver);
  }

  /** So many requests of this class wait for their turn. */
  void waits(Priority priority, int count) {
    if (count > 0) {
      waiting.put(priority, count);
    } else {
      waiting.remove(priority);
    }
  }

  /** So many requests and events were sent and not answered yet. */
  void underWay(int count) {
    underWay = count;
  }

  private void checkOrder(Priority sent, Instant now) {
    var own = passedOver.getOrDefault(sent, 0);
    passOver(sent, underWay > UNDER_WAY);
    waiting.forEach((priority, count) -> {
      if (priority == sent) {
        return;
      }
      var times = passedOver.getOrDefault(priority, 0);
      reporter.check(
          times <= PASSED_OVER_MAX,
          Rule.PRIORITY,
          process,
          now,
          () -> "%s waits (%d), %d others were sent".formatted(priority, count, times));
      reporter.check(
          priority.compareTo(sent) > 0 || own >= PASSED_OVER_MIN,
          Rule.PRIORITY,
          process,
          now,
          () ->
              "%s is sent, %s waits (%d), and %s was passed over %d times"
                  .formatted(sent, priority, count, sent, own));
    });
  }

  /**
   * All others that wait are passed over once more, unless this took nobody's turn: it was paid for
   * before, or the others have to wait anyway.
   */
  private void passOver(Priority sent, boolean isHarmless) {
    passedOver.remove(sent);
    // A class that is empty only between two requests keeps its place.
    passedOver.keySet().retainAll(waiting.keySet());
    for (var priority : waiting.keySet()) {
      if (priority != sent
          && (!isHarmless || passedOver.getOrDefault(priority, 0) < PASSED_OVER_MIN)) {
        passedOver.merge(priority, 1, Integer::sum);
      }
    }
  }
}
