package io.nodelifecycle.invariant;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.LifecycleStatus;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Holds a run to its {@link Rule}s: is told facts in the order of time, and says which rule was
 * broken. All instants are of one monotonic time line.
 *
 * <p>What a process is shown, decides and sends is judged by what that process could know; what the
 * API server carries out, by the truth. Of a process that was never started only the latter is
 * judged. Not thread-safe.
 */
public final class Invariants {
  private static final Duration HORIZON_MIN = Duration.ofMinutes(1);

  private final Facts facts;
  private final CorePolicy policyOfUnknown;
  private final Map<String, ProcessRules> processes = new HashMap<>();
  private final Set<String> ended = new HashSet<>();

  /**
   * Rules for a run of which nothing is known yet.
   *
   * @param policy that of processes that are not reported to start
   * @param slack how far facts may be apart
   * @param violations told of every rule that was broken, at once
   */
  public Invariants(CorePolicy policy, Slack slack, Consumer<Violation> violations) {
    var staleness = slack.staleness();
    var horizon = staleness.compareTo(HORIZON_MIN) < 0 ? HORIZON_MIN : staleness;
    this.policyOfUnknown = policy;
    var lag = new Lag(slack);
    this.facts = new Facts(new Truth(horizon, lag), lag, slack, new Reporter(violations));
  }

  /** What all rules share. */
  record Facts(Truth truth, Lag lag, Slack slack, Reporter reporter) {}

  /**
   * A controller process.
   *
   * @param name tells it from all others, also from one that ran before
   * @param policy what it was told
   * @param requestsPerSecond its budget; infinity for no limit
   * @param burst its budget
   */
  public record ControllerProcess(
      String name, CorePolicy policy, double requestsPerSecond, int burst) {}

  // What the API server holds.

  /** A node has this version now. */
  public void nodeIs(NodeSnapshot node, Instant now) {
    facts.truth.nodeIs(node, now);
  }

  /** There is no node of this name any more. */
  public void nodeGone(String name, Instant now) {
    facts.truth.nodeGone(name, now);
  }

  /** A bound pod has this version now. */
  public void podIs(PodSnapshot pod, Instant now) {
    facts.truth.podIs(pod, now);
  }

  /** This pod does not exist any more. */
  public void podGone(PodKey pod, Instant now) {
    facts.truth.podGone(pod, now);
  }

  /** The lease of a node has this resourceVersion now. */
  public void leaseIs(String nodeName, String resourceVersion, Instant now) {
    facts.truth.leaseIs(nodeName, resourceVersion, now);
  }

  /** There is no lease of this node any more. */
  public void leaseGone(String nodeName, Instant now) {
    facts.truth.leaseGone(nodeName, now);
  }

  /**
   * Nobody reaches the API server during this time: what changes meanwhile is not known to
   * processes that are not reported to start.
   */
  public void unreachable(Instant begin, Instant end) {
    facts.lag.unreachable(begin, end);
  }

  // What a process is shown and does.

  /** A process begins: it knows nothing and does not lead. */
  public void started(ControllerProcess process) {
    processes.put(process.name, new ProcessRules(process, facts));
  }

  /**
   * A process ended; nothing more is heard of it but what the API server still carries out, which
   * was judged when it was sent.
   */
  public void ended(String process) {
    if (processes.remove(process) != null) {
      ended.add(process);
    }
  }

  private boolean isUnknown(String process) {
    return !processes.containsKey(process) && !ended.contains(process);
  }

  /**
   * A process may send requests before that moment.
   *
   * @param until {@link Instant#MIN} if it does not lead
   */
  public void leads(String process, Instant until) {
    var rules = processes.get(process);
    if (rules != null) {
      rules.leads(until);
    }
  }

  /** Something is delivered to the deciding part of a process. */
  public void observed(String process, Observation observation, Instant now) {
    var rules = processes.get(process);
    if (rules != null) {
      rules.observed(observation, now);
    }
  }

  /** The deciding part is asked what is to be done; what it answers is announced next. */
  public void judged(String process, Instant now) {
    var rules = processes.get(process);
    if (rules != null) {
      rules.judged(now);
    }
  }

  /** The deciding part has returned this action: all of them, in their order, right away. */
  public void announced(String process, Action action, Instant now) {
    var rules = processes.get(process);
    if (rules != null) {
      rules.announced(action, now);
    }
  }

  /** A process sends a request, after its last confirmation. */
  public void sent(String process, Request request, Instant now) {
    var rules = processes.get(process);
    if (rules != null) {
      rules.sent(request, now);
    }
  }

  /** A process sends an event, which counts for its budget. */
  public void posted(String process, Instant now) {
    var rules = processes.get(process);
    if (rules != null) {
      rules.posted(now);
    }
  }

  /**
   * So many requests of a class wait for their turn; without this fact their order is not judged.
   */
  public void waits(String process, Action.Priority priority, int count) {
    var rules = processes.get(process);
    if (rules != null) {
      rules.waits(priority, count);
    }
  }

  /**
   * So many requests and events were sent and not answered yet; without this fact there are always
   * few.
   */
  public void underWay(String process, int count) {
    var rules = processes.get(process);
    if (rules != null) {
      rules.underWay(count);
    }
  }

  /**
   * The API server carries a request out, or answers a read: before what it holds changes. Not for
   * what it refuses.
   */
  public void applied(String process, Request request, Instant now) {
    var rules = processes.get(process);
    switch (request) {
      case Write write -> {
        AppliedRules.check(facts, write, now);
        if (isUnknown(process)) {
          new UnseenRules(facts, policyOfUnknown).applied(write, now);
        }
      }
      case Read read -> {
        if (rules != null) {
          rules.applied(read, now);
        }
      }
    }
  }

  /** The API server refuses a write, and nothing changes. */
  public void refused(String process, Write write, Instant now) {
    if (isUnknown(process)) {
      new UnseenRules(facts, policyOfUnknown).refused(write, now);
    }
  }

  /** The rules that processes are held to which are not reported to start. */
  public static Set<Rule> rulesOfTruth() {
    return UnseenRules.RULES;
  }

  /** A process has finished a step: this is how it is doing. */
  public void stepped(String process, LifecycleStatus status, Instant now) {
    var rules = processes.get(process);
    if (rules != null) {
      rules.stepped(status, now);
    }
  }

  /** So many things are remembered by a process; to be told now and then. */
  public void remembers(String process, int things, Instant now) {
    var rules = processes.get(process);
    if (rules != null) {
      rules.remembers(things, now);
    }
  }
}
