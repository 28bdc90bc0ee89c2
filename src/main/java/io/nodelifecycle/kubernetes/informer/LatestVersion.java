package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.kubernetes.mapping.ListBody;
import java.time.Duration;

/** Asks for the version of the whole cluster as it is now, by a list of at most one object. */
final class LatestVersion {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final long BYTES_MAX = 8L << 20;

  private LatestVersion() {}

  /** The version; empty if the API server does not say. */
  static String read(ResourcePath path, Feed feed) throws InterruptedException {
    var request = ApiRequest.get(path.page(1, ""), TIMEOUT);
    try {
      return feed.transport().ask(request, BYTES_MAX, LatestVersion::version);
    } catch (ApiFailure unanswered) {
      // Nothing is known then, which is safe: the silence counts as deafness.
      return "";
    }
  }

  private static String version(JsonCursor json) {
    return json.nextDocument() ? ListBody.read(json, json::skip).resourceVersion() : "";
  }
}
