package io.nodelifecycle.core;

import io.nodelifecycle.core.Action.Read;
import io.nodelifecycle.core.Action.Write;
import io.nodelifecycle.core.Observation.DaemonSetSeen;
import io.nodelifecycle.core.Observation.LeaseSeen;
import io.nodelifecycle.core.Observation.ListBegin;
import io.nodelifecycle.core.Observation.ListEnd;
import io.nodelifecycle.core.Observation.NodeGone;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.PodGone;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.Observation.ReadOutcome;
import io.nodelifecycle.core.Observation.WriteEnded;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.DaemonSetSnapshot;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.core.model.Taint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A controller, an API server and kubelets in virtual time. Kubelets renew their leases every ten
 * seconds; writes are confirmed, carried out and answered at once, unless a test says otherwise.
 *
 * <p>Every step checks that the controller does not ask to be woken again without having work.
 */
final class VirtualCluster {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  /** The wall clock at the start: another time line. */
  private static final Instant WALL = Instant.parse("2041-07-07T07:00:00Z");

  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final int ROUNDS_MAX = 50;

  final FakeApi api;
  final Diary diary = new Diary();
  private final RuleCheck rules;
  private CorePolicy policy;
  private final List<DaemonSetSnapshot> daemonSets = new ArrayList<>();
  private final Set<String> alive = new LinkedHashSet<>();
  private final Deque<Write> waiting = new ArrayDeque<>();
  private final Deque<Read> reads = new ArrayDeque<>();
  private final LaggingWatches lagging = new LaggingWatches();
  private Function<Write, Optional<Outcome>> fault = _ -> Optional.empty();
  private Function<Read, Optional<ReadOutcome>> readFault = _ -> Optional.empty();
  private boolean isSending = true;
  private boolean isSynced;
  private Instant now = START;
  private Instant nextBeat = START.plus(BEAT);

  VirtualCluster(CorePolicy policy) {
    this.policy = policy;
    this.rules = new RuleCheck(policy, () -> now);
    this.api = new FakeApi(rules);
  }

  /**
   * With the default settings, but that leases are not read live: that would add a tenth of a
   * second to every verdict.
   */
  VirtualCluster() {
    this(with(new LiveChecks(false, true)));
  }

  /** The default settings with these live checks. */
  static CorePolicy with(LiveChecks live) {
    var defaults = CorePolicy.defaults();
    return new CorePolicy(
        defaults.health(),
        defaults.disruption(),
        defaults.eviction(),
        true,
        true,
        true,
        Optional.empty(),
        live);
  }

  Instant now() {
    return now;
  }

  Instant wallClock() {
    return WALL.plus(Duration.between(START, now));
  }

  LifecycleController controller() {
    return rules.controller();
  }

  // What kubelets, people and the scheduler do.

  /** Ready nodes whose kubelets live. */
  VirtualCluster ready(String... names) {
    for (var name : names) {
      add(Nodes.node(name, ConditionStatus.TRUE, wallClock()));
      alive.add(name);
      renew(name);
    }
    return this;
  }

  /** Ready nodes of a zone. */
  VirtualCluster readyIn(String zone, String... names) {
    for (var name : names) {
      add(Nodes.inZone(zone).apply(Nodes.node(name, ConditionStatus.TRUE, wallClock())));
      alive.add(name);
      renew(name);
    }
    return this;
  }

  void add(NodeSnapshot node) {
    observeNode(api.store(node));
  }

  /** A pod that tolerates these keys: {@code key=30} for so many seconds. */
  VirtualCluster pod(String name, String nodeName, String... tolerations) {
    add(Pods.tolerating(tolerations).apply(Pods.pod(name, nodeName, wallClock())));
    return this;
  }

  void add(PodSnapshot pod) {
    observePod(api.store(pod));
  }

  void add(DaemonSetSnapshot daemonSet) {
    daemonSets.add(daemonSet);
    if (isSynced) {
      observe(new DaemonSetSeen(daemonSet));
    }
  }

  void changeNode(String name, UnaryOperator<NodeSnapshot> change) {
    observeNode(api.store(change.apply(api.node(name))));
  }

  void changePod(String name, UnaryOperator<PodSnapshot> change) {
    observePod(api.store(change.apply(api.pod(name))));
  }

  /** The kubelet posts its status. */
  void post(String name, ConditionStatus ready) {
    changeNode(name, Nodes.condition(NodeCondition.READY, ready, wallClock(), wallClock()));
  }

  void renew(String name) {
    var version = api.renew(name);
    if (isSynced) {
      deliver(Resource.LEASES, new LeaseSeen(name, version));
    }
  }

  /** The node has no lease, or none any more. */
  void dropLease(String name) {
    api.removeLease(name);
    deliver(Resource.LEASES, new Observation.LeaseGone(name));
  }

  /** The kubelets fall silent. */
  void die(String... names) {
    alive.removeAll(List.of(names));
  }

  /** The kubelets are back: they renew and post that they are ready. */
  void revive(String... names) {
    for (var name : names) {
      alive.add(name);
      renew(name);
      post(name, ConditionStatus.TRUE);
    }
  }

  void deleteNode(String name) {
    var node = api.removeNode(name);
    alive.remove(name);
    deliver(Resource.NODES, new NodeGone(name, node.uid()));
  }

  void deletePod(String name) {
    observe(new PodGone(api.removePod(name).key()));
  }

  // The watches.

  private void observeNode(NodeSnapshot node) {
    if (isSynced) {
      deliver(Resource.NODES, new NodeSeen(node, false, wallClock()));
    }
  }

  /** From now on, the watch of the resource delivers nothing. */
  void lag(Resource resource) {
    lagging.begin(resource);
  }

  /** The watch of the resource delivers what it held back, and goes on. */
  void catchUp(Resource resource) {
    lagging.end(resource).forEach(this::observe);
    step();
  }

  private void deliver(Resource resource, Observation observation) {
    if (!lagging.holdsBack(resource, observation)) {
      observe(observation);
    }
  }

  private void observePod(PodSnapshot pod) {
    if (isSynced) {
      observe(new PodSeen(pod, false, wallClock()));
    }
  }

  void observe(Observation observation) {
    rules.observe(observation);
  }

  /** Lists everything, and judges. */
  VirtualCluster sync() {
    list(Resource.NODES);
    list(Resource.LEASES);
    list(Resource.PODS);
    if (policy.resources().contains(Resource.DAEMON_SETS)) {
      list(Resource.DAEMON_SETS);
    }
    isSynced = true;
    step();
    return this;
  }

  void list(Resource resource) {
    observe(new ListBegin(resource));
    switch (resource) {
      case NODES -> api.nodes.values().forEach(node -> observe(listed(node)));
      case PODS -> api.pods.values().forEach(pod -> observe(new PodSeen(pod, true, wallClock())));
      case LEASES -> api.leases.forEach((name, version) -> observe(new LeaseSeen(name, version)));
      case DAEMON_SETS -> daemonSets.forEach(set -> observe(new DaemonSetSeen(set)));
    }
    observe(new ListEnd(resource));
  }

  private NodeSeen listed(NodeSnapshot node) {
    return new NodeSeen(node, true, wallClock());
  }

  /** The controller ends, and another one starts later on the same machine. */
  void restart() {
    restart(policy);
  }

  /** The same, with other flags. */
  void restart(CorePolicy other) {
    policy = other;
    rules.restart(policy);
    waiting.clear();
    isSynced = false;
    sync();
  }

  // The answers of the API server.

  /** Writes wait and are not sent. */
  void hold() {
    isSending = false;
  }

  /** Sends what waits, now and from now on. */
  void send() {
    isSending = true;
    step();
  }

  /** Another process acts, and this one watches. */
  VirtualCluster standBy() {
    rules.leads(false);
    hold();
    return this;
  }

  /** This process takes over. */
  void takeOver() {
    rules.leads(true);
    send();
  }

  List<Write> waiting() {
    return List.copyOf(waiting);
  }

  /** Answers writes this way instead of carrying them out, where a test says so. */
  void answer(Function<Write, Optional<Outcome>> answers) {
    fault = answers;
  }

  /** Answers live reads this way instead of truthfully, where a test says so. */
  void answerReads(Function<Read, Optional<ReadOutcome>> answers) {
    readFault = answers;
  }

  /** Fails all live reads. */
  void failReads() {
    answerReads(_ -> Optional.of(new ReadOutcome.Failed("refused by a test", Duration.ZERO)));
  }

  /** Carries everything out again. */
  void answerNormally() {
    fault = _ -> Optional.empty();
    readFault = _ -> Optional.empty();
  }

  /** Fails all writes of a kind. */
  void fail(Class<? extends Write> kind) {
    var failed = new Outcome.Failed("refused by a test", Duration.ZERO);
    answer(write -> kind.isInstance(write) ? Optional.of(failed) : Optional.empty());
  }

  // Time.

  /** Lets time pass. */
  VirtualCluster run(Duration duration) {
    var end = now.plus(duration);
    step();
    while (true) {
      var wake = controller().nextWake(now);
      var next = earlier(earlier(wake, nextBeat), end);
      now = next.isAfter(now) ? next : now;
      if (!nextBeat.isAfter(now)) {
        nextBeat = nextBeat.plus(BEAT);
        alive.forEach(this::renew);
      }
      step();
      if (!now.isBefore(end)) {
        return this;
      }
    }
  }

  VirtualCluster runSeconds(long seconds) {
    return run(Duration.ofSeconds(seconds));
  }

  /** Runs until so many seconds after the start. */
  VirtualCluster runUntil(long seconds) {
    return run(Duration.between(now, START.plusSeconds(seconds)));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Judges and sends until there is nothing left to do now. */
  void step() {
    for (var round = 0; round < ROUNDS_MAX; round++) {
      for (var action : rules.advance()) {
        switch (action) {
          case Write write -> waiting.add(write);
          case Read read -> reads.add(read);
          default -> note(action);
        }
      }
      while (isSending && !reads.isEmpty()) {
        if (rules.confirm(reads.remove()) instanceof Confirmation.Send(Read wanted)) {
          carryOut(wanted);
        }
      }
      while (isSending && !waiting.isEmpty()) {
        confirm(waiting.remove()).ifPresent(this::carryOut);
      }
      if (controller().nextWake(now).isAfter(now)) {
        return;
      }
    }
    throw new AssertionError("busy at " + now + ", wakes at " + controller().nextWake(now));
  }

  /** Confirms the write that waits longest and leaves it under way. */
  Write startNext() {
    return confirm(waiting.remove()).orElseThrow();
  }

  /** What is to become of a write. */
  Confirmation confirmation(Write write) {
    return rules.confirm(write);
  }

  /** The write as it is to be sent; what has to be read first is. */
  private Optional<Write> confirm(Write write) {
    var confirmation = rules.confirm(write);
    if (confirmation instanceof Confirmation.ReadFirst(var read)) {
      carryOut(read);
      confirmation = rules.confirm(write);
    }
    return switch (confirmation) {
      case Confirmation.Send(Write wanted) -> Optional.of(wanted);
      case Confirmation.Drop() -> Optional.empty();
      default -> throw new AssertionError(write + " becomes " + confirmation);
    };
  }

  private void carryOut(Read read) {
    note(read);
    var outcome = readFault.apply(read).orElseGet(() -> api.answer(read));
    observe(new Observation.ReadEnded(read, outcome));
  }

  private void carryOut(Write write) {
    finish(write, fault.apply(write).orElseGet(() -> api.apply(write, wallClock())));
  }

  /** Carries out a write that is under way. */
  void finish(Write write) {
    finish(write, api.apply(write, wallClock()));
  }

  void finish(Write write, Outcome outcome) {
    note(write);
    observe(new WriteEnded(write, outcome));
    if (outcome instanceof Outcome.Succeeded(var node, var pod, _)) {
      if (node != null) {
        observeNode(node);
      } else if (pod != null) {
        observePod(pod);
      } else if (write instanceof Action.DeletePod delete) {
        observe(new PodGone(delete.pod()));
      }
    }
  }

  private void note(Action action) {
    diary.note(action, Duration.between(START, now));
  }

  // What was seen.

  /** Everything that was written or said, announcements left out, since {@link #forget}. */
  List<String> texts() {
    return diary.texts();
  }

  /** Of these, the ones that begin this way. */
  List<String> texts(String beginning) {
    return texts().stream().filter(text -> text.startsWith(beginning)).toList();
  }

  /** When this happened, in milliseconds after the start. */
  List<Long> times(String text) {
    return diary.times(text);
  }

  /** All actions of this kind since {@link #forget}. */
  <T extends Action> List<T> all(Class<T> kind) {
    return diary.all(kind);
  }

  /** Forgets what has happened so far. */
  VirtualCluster forget() {
    diary.forget();
    return this;
  }

  /** The node's taints as {@code key:effect}, without the common prefix. */
  List<String> taints(String name) {
    return api.node(name).taints().stream().map(ActionText::of).toList();
  }

  static Taint taint(String key, String effect) {
    var full = key.contains("/") ? key : "node.kubernetes.io/" + key;
    return new Taint(full, "", effect, null);
  }
}
