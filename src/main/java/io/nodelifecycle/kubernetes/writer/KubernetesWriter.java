package io.nodelifecycle.kubernetes.writer;

import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiPath;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.kubernetes.mapping.NodeMapper;
import io.nodelifecycle.kubernetes.mapping.PodMapper;
import io.nodelifecycle.kubernetes.mapping.SharedValues;
import io.nodelifecycle.runtime.ApiWriter;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.runtime.Leadership;
import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends single writes to the API server. Thread-safe. */
public final class KubernetesWriter implements ApiWriter {
  private static final long ANSWER_BYTES_MAX = 32L << 20;

  private final ApiExchange transport;
  private final TimeSource time;
  private final Leadership leadership;
  private final boolean hasPodLabels;

  /**
   * Writes through this transport.
   *
   * @param leadership asked once more when a request is about to leave
   * @param hasPodLabels whether labels of the pods that answers hold are kept
   */
  public KubernetesWriter(
      ApiExchange transport, TimeSource time, Leadership leadership, boolean hasPodLabels) {
    this.transport = transport;
    this.time = time;
    this.leadership = leadership;
    this.hasPodLabels = hasPodLabels;
  }

  @Override
  public Outcome write(Write write) {
    var wallClock = time.wallClock();
    return outcome(WriteRequests.permission(write), () -> WriteRequests.of(write, wallClock));
  }

  @Override
  public Outcome post(EventPost event) {
    if (!event.isRepeat()) {
      return create(event);
    }
    var outcome = outcome("verb patch on resource events", () -> EventRequests.repeat(event));
    return outcome instanceof Outcome.NotFound ? create(event) : outcome;
  }

  /** Of an event nothing is read back. */
  private Outcome create(EventPost event) {
    return outcome("verb create on resource events", () -> EventRequests.create(event));
  }

  private Outcome outcome(String permission, Supplier<ApiRequest> request) {
    try {
      return send(request.get());
    } catch (ApiFailure e) {
      return failed(e, permission);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted while waiting for the answer", Duration.ZERO);
    } catch (RuntimeException e) {
      return new Outcome.Failed("unexpected " + e, Duration.ZERO);
    }
  }

  private Outcome send(ApiRequest request) throws ApiFailure, InterruptedException {
    return transport.ask(
        request, this::mayLeave, ANSWER_BYTES_MAX, json -> succeeded(request, json));
  }

  private boolean mayLeave() {
    return leadership.isCertain(time.now());
  }

  /**
   * The kind of the answer says what it is: a deletion may be answered with a pod or with a Status.
   */
  private Outcome succeeded(ApiRequest request, JsonCursor json) {
    var values = new SharedValues(hasPodLabels);
    var wallClock = time.wallClock();
    Optional<NodeSnapshot> node = Optional.empty();
    Optional<PodSnapshot> pod = Optional.empty();
    if (json.nextDocument()) {
      if (request.path().startsWith(ApiPath.NODES + "/")) {
        var mapper = new NodeMapper(json, values);
        mapper.read();
        node = mapper.node(wallClock);
      } else {
        var mapper = new PodMapper(json, values);
        mapper.read();
        pod = mapper.pod();
      }
    }
    return new Outcome.Succeeded(node.orElse(null), pod.orElse(null), wallClock);
  }

  private static Outcome failed(ApiFailure failure, String permission) {
    if (isOtherObject(failure)) {
      return new Outcome.Conflict();
    }
    return switch (failure.code()) {
      case 409 -> new Outcome.Conflict();
      case 404, 410 -> new Outcome.NotFound();
      default -> new Outcome.Failed(failure.reason(permission), failure.retryAfter());
    };
  }

  /** A patch with the uid of another object is answered as an attempt to change the uid. */
  private static boolean isOtherObject(ApiFailure failure) {
    return failure.code() == 422 && failure.reason().contains("metadata.uid: Invalid value");
  }
}
