package io.nodelifecycle.sandbox.truth;

import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.invariant.Invariants;
import io.nodelifecycle.invariant.Slack;
import io.nodelifecycle.invariant.Violation;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.http.ObjectAnswers.Reply;
import io.nodelifecycle.sandbox.http.RequestWitness;
import io.nodelifecycle.sandbox.http.SentRequest;
import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.ResourceType;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Holds what controllers ask of an in-memory cluster to the rules that must never be broken. Who
 * calls itself a controller by its user agent is judged, and nobody else. Thread-safe: all that
 * happens here happens under the cluster's lock, so that what is judged is the state that a request
 * really met.
 */
public final class RequestJudge implements RequestWitness {
  /** How the user agent of controllers begins. */
  public static final String USER_AGENT = "node-lifecycle-controller/";

  /**
   * What is allowed to a process that cannot be asked what it has seen. 5 s from a change to a
   * request that does not know of it: watches take milliseconds, live reads count for 1 s, and the
   * rest is for a machine that is busy with other things. 2 s for times in objects: they have whole
   * seconds, and are stamped before the write is carried out. 10 s to reconnect: informers wait for
   * up to 5 s between tries, and then list. 1.5 s until a watch is cut when nobody gets through:
   * that is looked at each 0.5 s.
   */
  public static final Slack SLACK =
      new Slack(
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofMillis(1500));

  private static final String ANYBODY = "controller";
  private static final int KEPT = 100;
  private static final Set<ResourceType> TRUTH =
      Set.of(ResourceType.NODES, ResourceType.PODS, ResourceType.LEASES);
  private static final Set<ResourceType> FREE = Set.of(ResourceType.EVENTS, ResourceType.LEASES);

  private final SandboxCluster cluster;
  private final TimeSource time;
  private final Invariants invariants;
  private final TruthFeed truth;
  private final List<BrokenRule> first = new ArrayList<>();
  private final List<WatchEvent> held = new ArrayList<>();
  private boolean isHolding;
  private int requests;
  private int broken;

  private RequestJudge(SandboxCluster cluster, CorePolicy policy, TimeSource time) {
    this.cluster = cluster;
    this.time = time;
    invariants = new Invariants(policy, SLACK, this::broken);
    truth = new TruthFeed(invariants);
  }

  /**
   * A judge of all that happens from now on.
   *
   * @param cluster nothing but namespaces is in it yet
   * @param policy what controllers were told
   */
  public static RequestJudge of(SandboxCluster cluster, CorePolicy policy, TimeSource time) {
    var judge = new RequestJudge(cluster, policy, time);
    cluster.listen(judge::changed);
    return judge;
  }

  private void changed(WatchEvent event) {
    var object = event.object();
    var isOfNode =
        object.type() != ResourceType.LEASES || object.namespace().equals("kube-node-lease");
    if (!TRUTH.contains(object.type()) || !isOfNode) {
      return;
    }
    if (isHolding) {
      held.add(event);
    } else {
      tell(event);
    }
  }

  private void tell(WatchEvent event) {
    try {
      truth.changed(event, time.now());
    } catch (RuntimeException unreadable) {
      note("readable", "objects can be read", event.object().ref().toString(), "" + unreadable);
    }
  }

  /** Nobody reaches the API server during this time. */
  public void unreachable(Instant begin, Instant end) {
    cluster.alone(() -> {
      invariants.unreachable(begin, end);
      return end;
    });
  }

  /** What came of it so far. */
  public RuleTally tally() {
    return cluster.alone(
        () -> new RuleTally(requests, Invariants.rulesOfTruth().size(), broken, first));
  }

  @Override
  public Reply carryOut(SentRequest request, Supplier<Reply> action) {
    var call = request.call();
    var isJudged =
        request.userAgent().startsWith(USER_AGENT)
            && !call.method().equals("GET")
            && !FREE.contains(call.type())
            && call.query().text("dryRun").isEmpty();
    return isJudged ? cluster.alone(() -> judge(request, action)) : action.get();
  }

  private Reply judge(SentRequest request, Supplier<Reply> action) {
    requests++;
    var node = cluster.find(request.call().ref()).map(StoredObject::nodeName).orElse("");
    isHolding = true;
    try {
      var reply = action.get();
      judge(request, node, true);
      return reply;
    } catch (ApiFailure refusal) {
      judge(request, node, false);
      throw refusal;
    } finally {
      isHolding = false;
      held.forEach(this::tell);
      held.clear();
    }
  }

  private void judge(SentRequest request, String node, boolean isDone) {
    try {
      WriteReading.read(request, node)
          .ifPresentOrElse(write -> judge(write, isDone), () -> noteUnknown(request));
    } catch (RuntimeException unreadable) {
      noteUnknown(request);
    }
  }

  private void judge(Write write, boolean isDone) {
    if (isDone) {
      invariants.applied(ANYBODY, write, time.now());
    } else {
      invariants.refused(ANYBODY, write, time.now());
    }
  }

  private void noteUnknown(SentRequest request) {
    var call = request.call();
    note(
        "known-writes",
        "a controller writes conditions, taints, labels and events, and deletes pods",
        call.ref().toString(),
        "asked for %s %s".formatted(call.method(), call.subresource()).strip());
  }

  private void broken(Violation violation) {
    var rule = violation.rule();
    note(rule.title(), rule.sentence(), violation.subject(), violation.text());
  }

  private void note(String rule, String sentence, String subject, String text) {
    broken++;
    if (first.size() < KEPT) {
      first.add(new BrokenRule(rule, sentence, subject, time.now(), text));
    }
  }
}
