package io.nodelifecycle.sandbox.http;

/** Decides, request by request, what goes wrong. It is called by many threads at once. */
public interface FaultPlan {
  /** Nothing ever goes wrong. */
  FaultPlan NONE = _ -> Fault.NONE;

  /** What goes wrong with this request. */
  Fault onRequest(ApiCall call);

  /** What happens to what this watch is about to send; asked again before each sending. */
  default Delivery onDelivery(ApiCall watch) {
    return Delivery.DELIVER;
  }
}
