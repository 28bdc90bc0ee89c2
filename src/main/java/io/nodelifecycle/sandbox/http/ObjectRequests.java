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
  private final RequestWitness witness;

  ObjectRequests(
      SandboxCluster cluster, InstantSource time, WatchStreams watches, RequestWitness witness) {
    this.answers = new ObjectAnswers(cluster, time);
    this.time = time;
    this.watches = watches;
    this.witness = witness;
  }

  /** Carries a request out and answers it. */
  void answer(HttpExchange exchange, ApiCall call) throws IOException, InterruptedException {
    if (call.isWatch()) {
      Rendering rendering = rendering(exchange);
      var query = ObjectAnswers.query(call);
      watches.serve(exchange, new WatchStreams.Request(call, query, rendering, time));
      return;
    }
    var reply = reply(exchange, call);
    Responses.send(exchange, reply.status(), reply.pieces());
  }

  /** Carries a request out and does not answer it. */
  void carryOut(HttpExchange exchange, ApiCall call) throws IOException {
    if (!call.isWatch()) {
      reply(exchange, call);
    }
  }

  private ObjectAnswers.Reply reply(HttpExchange exchange, ApiCall call) throws IOException {
    var body = RequestBody.read(exchange);
    var rendering = rendering(exchange);
    var agent = exchange.getRequestHeaders().getFirst("User-Agent");
    var request = new SentRequest(call, agent == null ? "" : agent, body.text());
    return witness.carryOut(request, () -> answers.reply(call, body, rendering));
  }

  private static Rendering rendering(HttpExchange exchange) {
    List<String> accept = exchange.getRequestHeaders().get("Accept");
    return Rendering.of(accept == null ? "" : String.join(",", accept));
  }
}
