package io.nodelifecycle.kubernetes.reader;

import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.ReadLease;
import io.nodelifecycle.core.Action.ReadLeases;
import io.nodelifecycle.core.Action.ReadNode;
import io.nodelifecycle.core.Action.ReadWriters;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiPath;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.mapping.FieldManagers;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.kubernetes.mapping.NodeMapper;
import io.nodelifecycle.kubernetes.mapping.ResourceMapper;
import io.nodelifecycle.kubernetes.mapping.SharedValues;
import io.nodelifecycle.runtime.ApiReader;
import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.util.Map;

/** Sends live reads to the API server. Thread-safe. */
public final class LiveReader implements ApiReader {
  /** How long the head of an answer may take, and its body in all. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** The leases of twenty thousand nodes are a third of that. */
  private static final long ANSWER_BYTES_MAX = 64L << 20;

  private final ApiExchange transport;
  private final TimeSource time;

  /** Reads through this transport. */
  public LiveReader(ApiExchange transport, TimeSource time) {
    this.transport = transport;
    this.time = time;
  }

  @Override
  public ReadOutcome read(Read read) {
    try {
      return send(read);
    } catch (ApiFailure e) {
      return failed(read, e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new ReadOutcome.Failed("interrupted while waiting for the answer", Duration.ZERO);
    } catch (RuntimeException e) {
      return new ReadOutcome.Failed("unexpected " + e, Duration.ZERO);
    }
  }

  private ReadOutcome send(Read read) throws ApiFailure, InterruptedException {
    var request = ApiRequest.get(path(read), TIMEOUT);
    return transport.ask(request, ANSWER_BYTES_MAX, json -> outcome(read, json));
  }

  private ReadOutcome outcome(Read read, JsonCursor json) throws ApiFailure {
    if (!json.nextDocument()) {
      throw ApiFailure.unanswered("the answer of " + transport.server() + " is empty");
    }
    return switch (read) {
      case ReadLease(var name) -> lease(name, json);
      case ReadLeases() -> new ReadOutcome.Leases(LeaseVersions.read(json, transport.server()));
      case ReadNode(var node) -> node(node.name(), json);
      case ReadWriters _ -> FieldManagers.read(json);
    };
  }

  /** Without a resourceVersion, which is what makes it a quorum read. */
  private static String path(Read read) {
    return switch (read) {
      case ReadLease(var name) -> ApiPath.lease(name);
      case ReadLeases() -> ApiPath.LEASES;
      case ReadNode(var node) -> ApiPath.node(node.name());
      case ReadWriters(var write) -> ApiPath.node(write.node().name());
    };
  }

  private ReadOutcome lease(String name, JsonCursor json) throws ApiFailure {
    var mapper = ResourceMapper.of(Resource.LEASES, json, new SharedValues(false));
    mapper.read();
    if (mapper.problem().isPresent() || !mapper.displayName().equals(name)) {
      throw ApiFailure.unanswered("the answer of " + transport.server() + " is no such lease");
    }
    return new ReadOutcome.Leases(Map.of(name, mapper.resourceVersion()));
  }

  private ReadOutcome node(String name, JsonCursor json) throws ApiFailure {
    var mapper = new NodeMapper(json, new SharedValues(false));
    mapper.read();
    var node = mapper.node(time.wallClock());
    if (node.isEmpty() || !node.get().name().equals(name)) {
      throw ApiFailure.unanswered("the answer of " + transport.server() + " is no such node");
    }
    return new ReadOutcome.Node(node.get());
  }

  private static ReadOutcome failed(Read read, ApiFailure failure) {
    if (failure.code() == 404) {
      switch (read) {
        case ReadLease _ -> {
          return new ReadOutcome.Leases(Map.of());
        }
        case ReadNode _ -> {
          return new ReadOutcome.Node(null);
        }
        case ReadWriters _ -> {
          return ReadOutcome.Writers.UNKNOWN;
        }
        case ReadLeases _ -> {}
      }
    }
    return new ReadOutcome.Failed(failure.reason(permission(read)), failure.retryAfter());
  }

  private static String permission(Read read) {
    return switch (read) {
      case ReadLease _, ReadLeases _ ->
          "verbs get, list on resource leases in API group coordination.k8s.io in namespace"
              + " kube-node-lease";
      case ReadNode _, ReadWriters _ -> "verb get on resource nodes";
    };
  }
}
