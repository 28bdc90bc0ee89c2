package io.nodelifecycle.kubernetes.writer;

import io.nodelifecycle.core.Action.EventSubject.OfElection;
import io.nodelifecycle.core.Action.EventSubject.OfNode;
import io.nodelifecycle.core.Action.EventSubject.OfPod;
import io.nodelifecycle.kubernetes.http.ApiPath;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.http.JsonText;
import io.nodelifecycle.kubernetes.mapping.Timestamps;
import io.nodelifecycle.runtime.EventPost;
import tools.jackson.core.JsonGenerator;

/** Turns events into requests for core {@code v1} events. */
final class EventRequests {
  private EventRequests() {}

  static ApiRequest create(EventPost post) {
    var event = post.event();
    var body =
        JsonText.object(json -> {
          json.writeStringProperty("kind", "Event");
          json.writeStringProperty("apiVersion", "v1");
          json.writeObjectPropertyStart("metadata");
          json.writeStringProperty("name", post.name());
          json.writeStringProperty("namespace", namespace(post));
          json.writeEndObject();
          involvedObject(json, post);
          json.writeStringProperty("reason", event.reason());
          json.writeStringProperty("message", event.message());
          json.writeObjectPropertyStart("source");
          json.writeStringProperty("component", event.source().component());
          json.writeEndObject();
          json.writeStringProperty("type", event.isWarning() ? "Warning" : "Normal");
          json.writeStringProperty("reportingComponent", "");
          json.writeStringProperty("reportingInstance", "");
          json.writeStringProperty("firstTimestamp", Timestamps.format(post.firstTimestamp()));
          repeated(json, post);
        });
    return new ApiRequest(
        "POST", ApiPath.events(namespace(post)), ApiRequest.JSON, body, WriteRequests.TIMEOUT);
  }

  /** Raises the count of an event that exists. */
  static ApiRequest repeat(EventPost post) {
    var body =
        JsonText.object(json -> {
          json.writeStringProperty("message", post.event().message());
          repeated(json, post);
        });
    return new ApiRequest(
        "PATCH",
        ApiPath.event(namespace(post), post.name()),
        ApiRequest.STRATEGIC_MERGE_PATCH,
        body,
        WriteRequests.TIMEOUT);
  }

  private static void repeated(JsonGenerator json, EventPost post) {
    json.writeStringProperty("lastTimestamp", Timestamps.format(post.lastTimestamp()));
    json.writeNumberProperty("count", post.count());
  }

  private static void involvedObject(JsonGenerator json, EventPost post) {
    json.writeObjectPropertyStart("involvedObject");
    switch (post.event().about()) {
      case OfNode(var node) -> {
        json.writeStringProperty("kind", "Node");
        json.writeStringProperty("name", node.name());
        json.writeStringProperty("uid", node.uid());
      }
      case OfPod(var pod) -> {
        json.writeStringProperty("kind", "Pod");
        json.writeStringProperty("namespace", pod.namespace());
        json.writeStringProperty("name", pod.name());
        json.writeStringProperty("uid", pod.uid());
      }
      case OfElection(var lease) -> {
        json.writeStringProperty("kind", "Lease");
        json.writeStringProperty("namespace", lease.namespace());
        json.writeStringProperty("name", lease.name());
      }
    }
    var isLease = post.event().about() instanceof OfElection;
    json.writeStringProperty("apiVersion", isLease ? "coordination.k8s.io/v1" : "v1");
    json.writeEndObject();
  }

  /** Events on objects without a namespace live in {@code default}. */
  private static String namespace(EventPost post) {
    return switch (post.event().about()) {
      case OfNode _ -> "default";
      case OfPod(var pod) -> pod.namespace();
      case OfElection(var lease) -> lease.namespace();
    };
  }
}
