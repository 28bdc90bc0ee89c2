package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.ListBegin;
import io.nodelifecycle.core.Observation.ListEnd;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiRequest;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.kubernetes.mapping.ListBody;
import io.nodelifecycle.kubernetes.mapping.ResourceMapper;
import io.nodelifecycle.kubernetes.mapping.SharedValues;
import java.time.Duration;
import tools.jackson.core.JacksonException;

/** Reads one consistent list of a resource, page by page, and reports each object as it arrives. */
final class ListReader {
  private static final int PAGE_SIZE = 500;
  private static final int PAGES_MAX = 100_000;
  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PAGE_PATIENCE = Duration.ofMinutes(1);
  private static final long PAGE_BYTES_MAX = 2L << 30;

  private final ResourcePath path;
  private final Feed feed;
  private final SharedValues values;
  private final FailureLog log;
  private String resourceVersion = "";
  private String continueToken = "";
  private int objects;

  ListReader(ResourcePath path, Feed feed, SharedValues values, FailureLog log) {
    this.path = path;
    this.feed = feed;
    this.values = values;
    this.log = log;
  }

  /**
   * Lists everything.
   *
   * @return the resourceVersion of the list
   * @throws ApiFailure if it breaks off: the list must be begun anew
   */
  String list() throws ApiFailure, InterruptedException {
    feed.sink().put(new ListBegin(path.resource()));
    continueToken = "";
    objects = 0;
    for (int page = 0; page < PAGES_MAX; page++) {
      readPage();
      if (continueToken.isEmpty()) {
        feed.sink().put(new ListEnd(path.resource()));
        log.listed(objects);
        return resourceVersion;
      }
    }
    throw ApiFailure.unanswered("the list does not end");
  }

  private void readPage() throws ApiFailure, InterruptedException {
    var request = ApiRequest.list(path.page(PAGE_SIZE, continueToken), HEAD_TIMEOUT);
    try (var stream = feed.transport().send(request)) {
      stream.limitWaiting(PAGE_PATIENCE);
      stream.limitBytes(PAGE_BYTES_MAX);
      readPage(JsonCursor.over(stream));
      stream.finish();
    } catch (SinkInterrupted _) {
      throw new InterruptedException();
    } catch (JacksonException e) {
      throw StreamFailures.of(e, feed.transport());
    }
  }

  private void readPage(JsonCursor json) throws ApiFailure {
    var mapper = ResourceMapper.of(path.resource(), json, values);
    if (json.nextDocument()) {
      var page = ListBody.read(json, () -> readItem(mapper));
      if (page.isList() && !page.resourceVersion().isEmpty()) {
        resourceVersion = page.resourceVersion();
        continueToken = page.continueToken();
        return;
      }
    }
    throw ApiFailure.unanswered("the answer of " + feed.transport().server() + " is no list");
  }

  private void readItem(ResourceMapper mapper) {
    mapper.read();
    var problem = mapper.problem();
    if (problem.isPresent()) {
      log.skipped(mapper.displayName(), problem.get());
      return;
    }
    objects++;
    mapper.seen(true, feed.time().wallClock()).ifPresent(this::put);
  }

  private void put(Observation observation) {
    try {
      feed.sink().put(observation);
    } catch (InterruptedException _) {
      throw new SinkInterrupted();
    }
  }

  /** Carries an interruption out of the callbacks of a cursor. */
  private static final class SinkInterrupted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
