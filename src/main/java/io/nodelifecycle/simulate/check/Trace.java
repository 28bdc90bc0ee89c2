package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.ReadEnded;
import io.nodelifecycle.core.Observation.WriteEnded;
import io.nodelifecycle.runtime.BudgetPolicy;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.simulate.engine.WorldObserver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes down what happens, a line each: the time in milliseconds, who, what, and the details,
 * separated by tabs. {@code docs/testing.md} describes the columns.
 */
final class Trace implements WorldObserver {
  private static final String WORLD = "world";

  private final Consumer<String> lines;
  private final Instant begin;

  /** Lines go there; times count from the beginning. */
  Trace(Consumer<String> lines, Instant begin) {
    this.lines = lines;
    this.begin = begin;
  }

  private void line(String who, String what, Object details, Instant now) {
    lines.accept(
        Duration.between(begin, now).toMillis() + "\t" + who + "\t" + what + "\t" + details);
  }

  private static String controller(int process) {
    return "c" + process;
  }

  @Override
  public void changed(WatchEvent event, Instant now) {
    var object = event.object();
    var isHeartbeat = object.type() == ResourceType.LEASES;
    line(
        "api",
        event.type().name().toLowerCase(Locale.ROOT),
        isHeartbeat ? object : object + " " + new String(object.json(), StandardCharsets.UTF_8),
        now);
  }

  @Override
  public void troubled(String what, Instant now) {
    line(WORLD, "trouble", what, now);
  }

  @Override
  public void started(int process, CorePolicy policy, BudgetPolicy budget, Instant now) {
    line(controller(process), "starts", policy + " " + budget, now);
  }

  @Override
  public void leads(int process, boolean isLeading, Instant now) {
    line(controller(process), isLeading ? "leads" : "lost", "", now);
  }

  @Override
  public void ended(int process, Instant now) {
    line(controller(process), "ends", "", now);
  }

  @Override
  public void observed(int process, Observation observation, Instant now) {
    var isAnswer = observation instanceof WriteEnded || observation instanceof ReadEnded;
    line(controller(process), isAnswer ? "answer" : "sees", TraceText.of(observation), now);
  }

  @Override
  public void decided(int process, Action action, Instant now) {
    line(controller(process), "decides", action, now);
  }

  @Override
  public void sent(int process, Request request, Instant now) {
    line(controller(process), "sends", request, now);
  }

  @Override
  public void applied(int process, Request request, Observation outcome, Instant now) {
    line(controller(process), "applied", request.text(), now);
  }

  @Override
  public void posted(int process, EventPost event, Instant now) {
    line(controller(process), "posts", event.event(), now);
  }

  @Override
  public void failed(int process, Instant now) {
    line(controller(process), "fails", "", now);
  }
}
