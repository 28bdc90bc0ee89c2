package io.nodelifecycle.simulate.cluster;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.reader.ListPages;
import io.nodelifecycle.runtime.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/** Reads a cluster from an API server, page by page; it never writes. */
public final class ClusterDownload {
  private static final int TRIES_MAX = 4;
  private static final int PAGES_MAX = 100_000;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ListPages pages;
  private final TimeSource time;
  private final Consumer<String> progress;
  private final List<PlacedObject> objects = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * A download that has not begun.
   *
   * @param pages the API server
   * @param time the clocks
   * @param progress told now and then how far it is, in words
   */
  public ClusterDownload(ListPages pages, TimeSource time, Consumer<String> progress) {
    this.pages = pages;
    this.time = time;
    this.progress = progress;
  }

  /**
   * Reads everything.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public ClusterOutcome read() throws InterruptedException {
    // Pods first: a node that joins meanwhile does no harm, a pod without its node would.
    read(Resource.PODS);
    read(Resource.NODES);
    if (problems.isEmpty()) {
      readDaemonSets();
    }
    return switch (ClusterAssembly.of(objects, problems, pages.server())) {
      case ClusterOutcome.Good(var cluster, var more) -> {
        notes.addAll(more);
        yield new ClusterOutcome.Good(cluster, notes);
      }
      case ClusterOutcome.Bad bad -> bad;
    };
  }

  /** They matter in the older mode only: a simulation can do without. */
  private void readDaemonSets() throws InterruptedException {
    try {
      objects.addAll(list(Resource.DAEMON_SETS));
    } catch (ApiFailure failure) {
      notes.add(explain(Resource.DAEMON_SETS, failure) + "; going on without");
    }
  }

  private void read(Resource resource) throws InterruptedException {
    try {
      objects.addAll(list(resource));
    } catch (ApiFailure failure) {
      problems.add(explain(resource, failure));
    }
  }

  private static String explain(Resource resource, ApiFailure failure) {
    var what = "cannot list " + resource.plural() + ": ";
    var permission = "verb list on resource " + resource.plural() + " in all namespaces";
    return what + failure.reason(permission);
  }

  private List<PlacedObject> list(Resource resource) throws ApiFailure, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return listOnce(resource);
      } catch (ApiFailure failure) {
        if (attempt == TRIES_MAX || failure.isDenied() || failure.code() == 404) {
          throw failure;
        }
        var pause = failure.retryAfter().isZero() ? PAUSE : failure.retryAfter();
        progress.accept(explain(resource, failure) + "; trying again");
        time.sleep(pause);
      }
    }
  }

  private List<PlacedObject> listOnce(Resource resource) throws ApiFailure, InterruptedException {
    var found = new ArrayList<PlacedObject>();
    var token = "";
    for (int page = 0; page < PAGES_MAX; page++) {
      var reader = new DocumentReader(pages.server());
      try (var stream = pages.open(resource, token)) {
        reader.readJson(stream);
        stream.finish();
      } catch (JacksonException broken) {
        throw pages.broken(broken);
      }
      if (!reader.problems().isEmpty()) {
        throw ApiFailure.unanswered(String.join("; ", reader.problems()));
      }
      found.addAll(reader.objects());
      progress.accept("read " + found.size() + " " + resource.plural());
      token = reader.continueToken();
      if (token.isEmpty()) {
        return found;
      }
    }
    throw ApiFailure.unanswered("the list does not end");
  }
}
