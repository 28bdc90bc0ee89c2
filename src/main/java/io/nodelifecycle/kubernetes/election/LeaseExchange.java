package io.nodelifecycle.kubernetes.election;

import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiPath;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.http.JsonText;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;

/** Reads and writes the election's lease. */
final class LeaseExchange {
  private static final long ANSWER_BYTES_MAX = 4L << 20;

  private final ApiExchange transport;
  private final ElectionPolicy policy;
  private final String path;

  LeaseExchange(ApiExchange transport, ElectionPolicy policy) {
    this.transport = transport;
    this.policy = policy;
    this.path = ApiPath.lease(policy.namespace(), policy.name());
  }

  /** The lease as it is now; {@link ElectionLease#ABSENT} if there is none. */
  ElectionLease read(Duration patience) throws ApiFailure, InterruptedException {
    try {
      return send(ApiRequest.get(path, patience), "get");
    } catch (ApiFailure failure) {
      if (failure.code() == 404) {
        return ElectionLease.ABSENT;
      }
      throw failure;
    }
  }

  /**
   * Writes the lease.
   *
   * @return as it is then
   * @throws ApiFailure with code 409 if it is not the version that it is to replace
   */
  ElectionLease write(ElectionLease lease, Duration patience)
      throws ApiFailure, InterruptedException {
    return lease.exists()
        ? send(
            new ApiRequest("PATCH", path, ApiRequest.MERGE_PATCH, body(lease), patience), "patch")
        : send(
            new ApiRequest(
                "POST", ApiPath.leases(policy.namespace()), ApiRequest.JSON, body(lease), patience),
            "create");
  }

  private ElectionLease send(ApiRequest request, String verb)
      throws ApiFailure, InterruptedException {
    try {
      return transport.ask(request, ANSWER_BYTES_MAX, this::lease);
    } catch (ApiFailure failure) {
      throw explained(failure, verb);
    }
  }

  private ElectionLease lease(JsonCursor json) throws ApiFailure {
    return LeaseReader.read(json, policy.name())
        .orElseThrow(() ->
            ApiFailure.unanswered("the answer of " + transport.server() + " is no such lease"));
  }

  private ApiFailure explained(ApiFailure failure, String verb) {
    var reason =
        failure.code() == 404 && verb.equals("create")
            ? "namespace "
                + policy.namespace()
                + " does not exist: create it, or name another with"
                + " --leader-elect-resource-namespace ("
                + failure.reason()
                + ")"
            : failure.reason(
                "verb "
                    + verb
                    + " on resource leases in API group coordination.k8s.io in namespace "
                    + policy.namespace());
    return new ApiFailure(failure.code(), reason, failure.retryAfter());
  }

  private String body(ElectionLease lease) {
    return JsonText.object(json -> {
      json.writeStringProperty("apiVersion", "coordination.k8s.io/v1");
      json.writeStringProperty("kind", "Lease");
      json.writeObjectPropertyStart("metadata");
      json.writeStringProperty("name", policy.name());
      if (lease.exists()) {
        json.writeStringProperty("resourceVersion", lease.resourceVersion());
      }
      json.writeEndObject();
      json.writeObjectPropertyStart("spec");
      writeSpec(json, lease);
      json.writeEndObject();
    });
  }

  private static void writeSpec(JsonGenerator json, ElectionLease lease) {
    json.writeStringProperty("holderIdentity", lease.holder());
    json.writeNumberProperty("leaseDurationSeconds", seconds(lease.duration()));
    json.writeStringProperty("acquireTime", lease.acquireTime());
    json.writeStringProperty("renewTime", lease.renewTime());
    json.writeNumberProperty("leaseTransitions", lease.transitions());
  }

  /** Whole ones, not too few: the API server refuses none at all. */
  private static long seconds(Duration duration) {
    return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
  }
}
