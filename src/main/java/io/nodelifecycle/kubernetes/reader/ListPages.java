package io.nodelifecycle.kubernetes.reader;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiPath;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.http.ApiTransport;
import io.nodelifecycle.kubernetes.http.BodyStream;
import java.time.Duration;

/** Lists as the API server sends them, for who wants whole objects. Thread-safe. */
public final class ListPages {
  private static final int PAGE_SIZE = 500;
  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PAGE_PATIENCE = Duration.ofMinutes(1);
  private static final long PAGE_BYTES_MAX = 2L << 30;

  private final ApiTransport transport;

  /** Pages that come through this transport. */
  public ListPages(ApiTransport transport) {
    this.transport = transport;
  }

  /** The API server's address, for people. */
  public String server() {
    return transport.server();
  }

  /**
   * Opens a page of a list over all namespaces.
   *
   * @param continueToken from the page before; empty for the first
   * @return one JSON object, to be closed by the caller
   */
  public BodyStream open(Resource resource, String continueToken)
      throws ApiFailure, InterruptedException {
    var next = continueToken.isEmpty() ? "" : "&continue=" + ApiPath.query(continueToken);
    var path = path(resource) + "?limit=" + PAGE_SIZE + next;
    var stream = transport.send(ApiRequest.list(path, HEAD_TIMEOUT));
    stream.limitWaiting(PAGE_PATIENCE);
    stream.limitBytes(PAGE_BYTES_MAX);
    return stream;
  }

  /** What the reading of a page failed with, as a failure of the request. */
  public ApiFailure broken(Throwable error) {
    return transport.broken(error);
  }

  private static String path(Resource resource) {
    return switch (resource) {
      case NODES -> ApiPath.NODES;
      case PODS -> ApiPath.PODS;
      case LEASES -> ApiPath.LEASES;
      case DAEMON_SETS -> ApiPath.DAEMON_SETS;
    };
  }
}
