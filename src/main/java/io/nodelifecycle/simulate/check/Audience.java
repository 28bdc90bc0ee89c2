package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LifecycleController;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.runtime.BudgetPolicy;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.simulate.engine.WorldObserver;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Several observers of one world.
 *
 * @param observers told in this order
 */
record Audience(List<WorldObserver> observers) implements WorldObserver {
  Audience {
    observers = List.copyOf(observers);
  }

  private void tell(Consumer<WorldObserver> what) {
    observers.forEach(what);
  }

  @Override
  public void changed(WatchEvent event, Instant now) {
    tell(each -> each.changed(event, now));
  }

  @Override
  public void troubled(String what, Instant now) {
    tell(each -> each.troubled(what, now));
  }

  @Override
  public void started(int process, CorePolicy policy, BudgetPolicy budget, Instant now) {
    tell(each -> each.started(process, policy, budget, now));
  }

  @Override
  public void mayActUntil(int process, Instant until) {
    tell(each -> each.mayActUntil(process, until));
  }

  @Override
  public void leads(int process, boolean isLeading, Instant now) {
    tell(each -> each.leads(process, isLeading, now));
  }

  @Override
  public void ended(int process, Instant now) {
    tell(each -> each.ended(process, now));
  }

  @Override
  public void observed(int process, Observation observation, Instant now) {
    tell(each -> each.observed(process, observation, now));
  }

  @Override
  public void deciding(int process, Instant now) {
    tell(each -> each.deciding(process, now));
  }

  @Override
  public void decided(int process, Action action, Instant now) {
    tell(each -> each.decided(process, action, now));
  }

  @Override
  public void sent(int process, Request request, Instant now) {
    tell(each -> each.sent(process, request, now));
  }

  @Override
  public void applied(int process, Request request, Observation outcome, Instant now) {
    tell(each -> each.applied(process, request, outcome, now));
  }

  @Override
  public void waits(int process, Action.Priority priority, int count, Instant now) {
    tell(each -> each.waits(process, priority, count, now));
  }

  @Override
  public void underWay(int process, int count) {
    tell(each -> each.underWay(process, count));
  }

  @Override
  public void posted(int process, EventPost event, Instant now) {
    tell(each -> each.posted(process, event, now));
  }

  @Override
  public void failed(int process, Instant now) {
    tell(each -> each.failed(process, now));
  }

  @Override
  public void stepped(int process, LifecycleController controller, Instant now) {
    tell(each -> each.stepped(process, controller, now));
  }
}
