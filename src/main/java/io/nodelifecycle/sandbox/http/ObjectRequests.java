package io.nodelifecycle.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** Requests about objects that came over HTTP. */
final class ObjectRequests {
  private final ObjectAnswers answers;
  private final InstantSource time;
  private final WatchStreams watches;

  ObjectRequests(SandboxCluster cluster, InstantSource time, WatchStreams watches) {
    this.answers = new ObjectAnswers(cluster, time);
    this.time = time;
    this.watches = watches;
  }

  /** Carries a request out and answers it. */
  void answer(HttpExchange exchange, ApiCall call) throws IOException, InterruptedException {
    if (call.isWatch()) {
      Rendering rendering = rendering(exchange);
      var query = ObjectAnswers.query(call);
      watches.serve(exchange, new WatchStreams.Request(call, query, rendering, time));
      return;
    }
    var reply = answers.reply(call, RequestBody.read(exchange), rendering(exchange));
    Responses.send(exchange, reply.status(), reply.pieces());
  }

  /** Carries a request out and does not answer it. */
  void carryOut(HttpExchange exchange, ApiCall call) throws IOException {
    if (!call.isWatch()) {
      answers.reply(call, RequestBody.read(exchange), rendering(exchange));
    }
  }

  private static Rendering rendering(HttpExchange exchange) {
    List<String> accept = exchange.getRequestHeaders().get("Accept");
    return Rendering.of(accept == null ? "" : String.join(",", accept));
  }
}
