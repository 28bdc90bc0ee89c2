package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.ReadEnded;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.Observation.WriteEnded;
import io.nodelifecycle.kubernetes.reader.LiveReader;
import io.nodelifecycle.kubernetes.writer.KubernetesWriter;
import io.nodelifecycle.runtime.ApiReader;
import io.nodelifecycle.runtime.ApiWriter;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.runtime.Leadership;
import io.nodelifecycle.runtime.RequestSender;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.sandbox.http.ObjectAnswers;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The requests of one process: each travels to the API server, is carried out there or not, and its
 * answer travels back, as the weather has it. They go on their way also if the process ends.
 */
final class SimulatedRequests implements RequestSender {
  private static final Duration REFUSED = Duration.ofMillis(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(3);

  private final int process;
  private final Agenda agenda;
  private final VirtualTime time;
  private final Weather weather;
  private final WorldObserver observer;
  private final ApiWriter writer;
  private final ApiReader reader;

  SimulatedRequests(
      int process, Surroundings surroundings, TimeSource clocks, boolean hasPodLabels) {
    this.process = process;
    this.agenda = surroundings.agenda();
    this.time = surroundings.time();
    this.weather = surroundings.weather();
    this.observer = surroundings.observer();
    // Times that the server itself stamps are right; those in requests are the process's.
    var exchange =
        new LocalExchange(
            new ObjectAnswers(surroundings.cluster(), surroundings.time()::wallClock), clocks);
    this.writer = new KubernetesWriter(exchange, clocks, Leadership.ALONE, hasPodLabels);
    this.reader = new LiveReader(exchange, clocks);
  }

  @Override
  public void send(Request request, Consumer<Observation> answer) {
    observer.sent(process, request, time.now());
    if (weather.isDown()) {
      answerLater(REFUSED, () -> answer.accept(failure(request, "connection refused")));
      return;
    }
    var fate = weather.fate();
    agenda.at(time.now().plus(weather.travel()), () -> arrive(request, fate, answer));
  }

  private void arrive(Request request, Weather.Fate fate, Consumer<Observation> answer) {
    switch (fate) {
      case DONE -> {
        var outcome = carryOut(request);
        agenda.at(time.now().plus(weather.travel()), () -> answer.accept(outcome));
      }
      case UNANSWERED -> {
        var _ = carryOut(request);
        answerLater(TIMEOUT, () -> answer.accept(failure(request, "no answer in time")));
      }
      case LOST -> answerLater(TIMEOUT, () -> answer.accept(failure(request, "no answer in time")));
      case CONFLICT -> {
        var conflict =
            request instanceof Write write
                ? new WriteEnded(write, new Outcome.Conflict())
                : failure(request, "HTTP 409: conflict");
        answerLater(weather.travel(), () -> answer.accept(conflict));
      }
      case THROTTLED ->
          answerLater(
              weather.travel(),
              () -> answer.accept(failure(request, "HTTP 429: too many requests", RETRY_AFTER)));
      case BROKEN ->
          answerLater(
              weather.travel(), () -> answer.accept(failure(request, "HTTP 500: internal error")));
    }
  }

  private Observation carryOut(Request request) {
    if (weather.isDown()) {
      return failure(request, "connection refused");
    }
    var outcome =
        switch (request) {
          case Write write -> new WriteEnded(write, writer.write(write));
          case Read read -> new ReadEnded(read, reader.read(read));
        };
    observer.applied(process, request, outcome, time.now());
    return outcome;
  }

  private void answerLater(Duration later, Runnable answer) {
    agenda.at(
        time.now().plus(later),
        () -> {
          observer.failed(process, time.now());
          answer.run();
        });
  }

  private static Observation failure(Request request, String why) {
    return failure(request, why, Duration.ZERO);
  }

  private static Observation failure(Request request, String why, Duration retryAfter) {
    return switch (request) {
      case Write write -> new WriteEnded(write, new Outcome.Failed(why, retryAfter));
      case Read read -> new ReadEnded(read, new ReadOutcome.Failed(why, retryAfter));
    };
  }

  @Override
  public void post(EventPost event, Consumer<Outcome> answer) {
    observer.posted(process, event, time.now());
    if (weather.isDown() || weather.fate() != Weather.Fate.DONE) {
      var failed = new Outcome.Failed("no answer", Duration.ZERO);
      answerLater(REFUSED, () -> answer.accept(failed));
      return;
    }
    agenda.at(
        time.now().plus(weather.travel()),
        () -> {
          var outcome = writer.post(event);
          agenda.at(time.now().plus(weather.travel()), () -> answer.accept(outcome));
        });
  }
}
