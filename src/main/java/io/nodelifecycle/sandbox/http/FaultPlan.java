package io.nodelifecycle.sandbox.http;

/** Decides, request by request, what goes wrong. It is called by many threads at once. */
public interface FaultPlan {
  /** Nothing ever goes wrong. */
  FaultPlan NONE = _ -> Fault.NONE;

  /** What goes wrong with this request. */
  Fault onRequest(ApiCall call);

  /**
   * What happens to what this watch is about to send; asked before each sending, and now and then
   * where there is nothing to send.
   */
  default Delivery onDelivery(ApiCall watch) {
    return Delivery.DELIVER;
  }
}
