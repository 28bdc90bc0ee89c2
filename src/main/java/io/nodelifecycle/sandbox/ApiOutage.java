package io.nodelifecycle.sandbox;

import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.sandbox.http.ApiCall;
import io.nodelifecycle.sandbox.http.Delivery;
import io.nodelifecycle.sandbox.http.Fault;
import io.nodelifecycle.sandbox.http.FaultPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;

/**
 * While the API server is out of reach, requests get no answer and watches are cut. Thread-safe.
 */
final class ApiOutage implements FaultPlan {
  private final TimeSource time;
  private final BiConsumer<Instant, Instant> told;
  private volatile Instant end;

  /**
   * None yet.
   *
   * @param told of each, when it begins: from when to when
   */
  ApiOutage(TimeSource time, BiConsumer<Instant, Instant> told) {
    this.time = time;
    this.told = told;
    end = time.now();
  }

  /** The API server is out of reach from now on; called by one thread. */
  void begin(Duration duration, Instant now) {
    var until = now.plus(duration);
    end = until.isAfter(end) ? until : end;
    told.accept(now, end);
  }

  boolean isGoingOn(Instant now) {
    return now.isBefore(end);
  }

  @Override
  public Fault onRequest(ApiCall call) {
    return isGoingOn(time.now()) ? new Fault.Drop(false) : Fault.NONE;
  }

  @Override
  public Delivery onDelivery(ApiCall watch) {
    return isGoingOn(time.now()) ? Delivery.CUT : Delivery.DELIVER;
  }
}
