package io.nodelifecycle.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import io.nodelifecycle.sandbox.cluster.ListQuery;
import io.nodelifecycle.sandbox.cluster.ObjectPage;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.cluster.Watch;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.StoredObject;
import io.nodelifecycle.sandbox.table.Table;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Watches over HTTP: one line of JSON for each event, sent as soon as it happens. What is not sent
 * yet waits in the cluster's log, so a slow watcher costs no memory; it is cut off when it accepts
 * nothing for a while, and told 410 when the log has moved on without it.
 */
final class WatchStreams {
  private static final int BATCH = 256;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final Duration HELD_CHECK = Duration.ofMillis(20);

  /** A watch is cut where nothing is sent, too. */
  private static final Duration QUIET_CHECK = Duration.ofMillis(500);

  private static final byte[] END = {'}', '\n'};

  private final SandboxCluster cluster;
  private final ScheduledExecutorService timer;
  private final ServerOptions options;

  /** A watch as it was asked for. */
  record Request(ApiCall call, ListQuery query, Rendering rendering, InstantSource time) {}

  WatchStreams(SandboxCluster cluster, ScheduledExecutorService timer, ServerOptions options) {
    this.cluster = cluster;
    this.timer = timer;
    this.options = options;
  }

  /** Sends events until the watch's time is over or its client is gone. */
  void serve(HttpExchange exchange, Request request) throws IOException, InterruptedException {
    Stream stream = new Stream(exchange, request);
    Query query = request.call().query();
    Duration timeout =
        query
            .number("timeoutSeconds")
            .filter(seconds -> seconds > 0)
            .map(seconds -> Duration.ofSeconds(Math.min(seconds, 86_400)))
            .orElse(options.watchTimeout());
    List<ScheduledFuture<?>> timers =
        List.of(
            timer.schedule(stream::expire, timeout.toMillis(), TimeUnit.MILLISECONDS),
            repeat(stream::bookmark, options.bookmarkInterval()),
            repeat(stream::checkProgress, options.stallTimeout()));
    try {
      stream.run(query.text("resourceVersion"));
    } finally {
      timers.forEach(future -> future.cancel(false));
    }
  }

  private ScheduledFuture<?> repeat(Runnable task, Duration interval) {
    long millis = interval.toMillis();
    return timer.scheduleAtFixedRate(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** One watch under way. */
  private final class Stream {
    private final HttpExchange exchange;
    private final Request request;
    private final Thread thread = Thread.currentThread();
    private final Semaphore wake = new Semaphore(0);
    private final AtomicBoolean isExpired = new AtomicBoolean();
    private final AtomicBoolean isBookmarkDue = new AtomicBoolean();
    private final AtomicLong writing = new AtomicLong();
    private long stuckWrite;
    private long writes;
    private boolean hasColumns;

    Stream(HttpExchange exchange, Request request) {
      this.exchange = exchange;
      this.request = request;
    }

    void expire() {
      isExpired.set(true);
      wake.release();
    }

    void bookmark() {
      isBookmarkDue.set(true);
      wake.release();
    }

    /** Interrupts the sender if it is still busy with what it was busy with the last time. */
    void checkProgress() {
      long current = writing.get();
      if (current != 0 && current == stuckWrite) {
        thread.interrupt();
      }
      stuckWrite = current;
    }

    void run(String since) throws IOException, InterruptedException {
      Watch watch;
      try {
        watch = cluster.watch(request.query(), since, wake::release);
      } catch (ApiFailure failure) {
        if (failure.code() != 410) {
          throw failure;
        }
        OutputStream out = open();
        error(out, failure);
        out.close();
        return;
      }
      try (watch) {
        OutputStream out = open();
        out.flush();
        deliver(watch, out);
        out.close();
      }
    }

    private OutputStream open() throws IOException {
      exchange.getResponseHeaders().set("Content-Type", Responses.JSON);
      exchange.sendResponseHeaders(200, 0);
      return new BufferedOutputStream(exchange.getResponseBody(), BUFFER_BYTES);
    }

    private void deliver(Watch watch, OutputStream out) throws IOException, InterruptedException {
      while (!isExpired.get()) {
        switch (options.faults().onDelivery(request.call())) {
          case CUT -> throw new DroppedConnection();
          case HOLD -> wake.tryAcquire(HELD_CHECK.toMillis(), TimeUnit.MILLISECONDS);
          case DELIVER -> {
            wake.drainPermits();
            if (!sendNext(watch, out)) {
              return;
            }
            if (!watch.isBehind() && !isExpired.get()) {
              wake.tryAcquire(QUIET_CHECK.toMillis(), TimeUnit.MILLISECONDS);
            }
          }
        }
      }
    }

    /** Sends what there is; whether the watch goes on. */
    private boolean sendNext(Watch watch, OutputStream out) throws IOException {
      writing.set(++writes);
      try {
        List<WatchEvent> events = watch.poll(BATCH);
        for (WatchEvent event : events) {
          event(out, event.type().name(), content(event.object()));
        }
        boolean bookmark = isBookmarkDue.getAndSet(false);
        if (bookmark && request.call().query().isSet("allowWatchBookmarks")) {
          event(out, "BOOKMARK", Json.bytes(bookmark(watch.revision())));
        }
        out.flush();
        return true;
      } catch (ApiFailure failure) {
        error(out, failure);
        return false;
      } finally {
        writing.set(0);
      }
    }

    private void error(OutputStream out, ApiFailure failure) throws IOException {
      event(out, "ERROR", Json.bytes(failure.status()));
      out.flush();
    }

    private void event(OutputStream out, String type, byte[] object) throws IOException {
      out.write(("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8));
      out.write(object);
      out.write(END);
    }

    private byte[] content(StoredObject object) {
      if (request.rendering() != Rendering.TABLE) {
        return request.rendering().object(object, request.call().query(), request.time().instant());
      }
      ObjectPage page = new ObjectPage(List.of(object), object.resourceVersion(), "");
      ObjectNode table =
          Table.of(object.type(), request.time().instant())
              .render(page.items(), request.call().query().text("includeObject"));
      if (hasColumns && table.get("columnDefinitions") instanceof ArrayNode columns) {
        columns.removeAll();
      }
      hasColumns = true;
      Json.child(table, "metadata").put("resourceVersion", Long.toString(page.resourceVersion()));
      return Json.bytes(table);
    }

    private ObjectNode bookmark(long revision) {
      ObjectNode object = Json.object();
      object
          .put("kind", request.query().type().kind())
          .put("apiVersion", request.query().type().group().apiVersion());
      ObjectNode metadata = Json.child(object, "metadata");
      metadata.put("resourceVersion", Long.toString(revision)).putNull("creationTimestamp");
      return object;
    }
  }
}
