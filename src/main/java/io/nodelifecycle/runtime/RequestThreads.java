package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadEnded;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.Observation.WriteEnded;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Sends each request on a thread of its own, which waits for the answer. A request that breaks is a
 * failed one: it must not look as if it were under way for ever.
 */
final class RequestThreads implements RequestSender {
  private final ApiWriter writer;
  private final ApiReader reader;
  private final Executor threads;

  /**
   * Sends on these threads.
   *
   * @param threads runs requests, each of which blocks
   */
  RequestThreads(ApiWriter writer, ApiReader reader, Executor threads) {
    this.writer = writer;
    this.reader = reader;
    this.threads = threads;
  }

  @Override
  public void send(Request request, Consumer<Observation> answer) {
    threads.execute(() -> answer.accept(answerOf(request)));
  }

  @Override
  public void post(EventPost event, Consumer<Outcome> answer) {
    threads.execute(() -> answer.accept(outcomeOf(() -> writer.post(event))));
  }

  private Observation answerOf(Request request) {
    return switch (request) {
      case Write write -> new WriteEnded(write, outcomeOf(() -> writer.write(write)));
      case Read read -> new ReadEnded(read, outcomeOf(read));
    };
  }

  private ReadOutcome outcomeOf(Read read) {
    try {
      return reader.read(read);
    } catch (RuntimeException broken) {
      return new ReadOutcome.Failed(broken.toString(), Duration.ZERO);
    }
  }

  private static Outcome outcomeOf(Supplier<Outcome> request) {
    try {
      return request.get();
    } catch (RuntimeException broken) {
      return new Outcome.Failed(broken.toString(), Duration.ZERO);
    }
  }
}
