package io.nodelifecycle.simulate.recording;

import io.nodelifecycle.core.Action;
import io.nodelifecycle.core.Action.EventSubject;
import io.nodelifecycle.core.Action.Request;
import io.nodelifecycle.core.LifecycleController;
import io.nodelifecycle.core.LifecycleStatus;
import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.NodeGone;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.Observation.Outcome;
import io.nodelifecycle.core.Observation.PodGone;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.Observation.WriteEnded;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.runtime.EventPost;
import io.nodelifecycle.sandbox.cluster.WatchEvent;
import io.nodelifecycle.sandbox.truth.ObjectReading;
import io.nodelifecycle.sandbox.workload.Workload;
import io.nodelifecycle.simulate.cluster.ZoneNames;
import io.nodelifecycle.simulate.engine.WorldObserver;
import io.nodelifecycle.simulate.record.Happening;
import io.nodelifecycle.simulate.record.Happening.Kind;
import io.nodelifecycle.simulate.record.Sample;
import io.nodelifecycle.simulate.record.Sample.ZoneSample;
import io.nodelifecycle.simulate.record.SimulationRecord.Peak;
import io.nodelifecycle.simulate.record.WorkloadRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes down what happens in a world. Nothing counts before the outage begins. */
final class Recorder implements WorldObserver {
  private static final Duration FAILURES_TOLD_EVERY = Duration.ofMinutes(1);

  private final ObjectReading reading = new ObjectReading(false);
  private final ZoneNames zones = new ZoneNames();
  private final NodeBook nodes = new NodeBook(zones);
  private final PodBook pods = new PodBook(nodes);
  private final List<Happening> happenings = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();
  private RequestBook requests = new RequestBook();
  private @Nullable Instant begin;
  private @Nullable LifecycleController controller;
  private Duration failuresToldAt = FAILURES_TOLD_EVERY.negated();
  private int nodesAtBegin;
  private int podsAtBegin;

  /** The outage begins: from now on everything counts. */
  void begin(Instant now) {
    begin = now;
    pods.begin();
    requests = new RequestBook();
    nodes
        .zones()
        .values()
        .forEach(tally -> {
          tally.requests = 0;
          tally.evictedPods = 0;
        });
    nodesAtBegin = nodes.count();
    podsAtBegin = pods.count();
    sample(now);
  }

  private Duration at(Instant now) {
    // Waiting for a token of a rate ends nanoseconds late; nobody wants to read those.
    return begin == null
        ? Duration.ZERO
        : Duration.ofMillis(Duration.between(begin, now).toMillis());
  }

  /** What something happened to; parts may be empty. */
  private record Subject(String zone, String name, String workload) {
    static final Subject CLUSTER = new Subject("", "", "");
  }

  private void note(Kind kind, Subject subject, String text, Instant now) {
    if (begin != null) {
      happenings.add(
          new Happening(at(now), kind, subject.zone, subject.name, subject.workload, text));
    }
  }

  /** How everything is at this moment. */
  void sample(Instant now) {
    var byZone = new LinkedHashMap<String, ZoneSample>();
    nodes
        .zones()
        .forEach((zone, tally) -> {
          if (!tally.isEmpty()) {
            byZone.put(
                zone,
                new ZoneSample(
                    tally.ready,
                    tally.notReady,
                    tally.unknown,
                    tally.dead,
                    tally.tainted,
                    tally.readyPods,
                    tally.evictedPods,
                    tally.requests));
          }
          tally.requests = 0;
        });
    samples.add(new Sample(at(now), byZone, requests.takeShared(), requests.takeFailed()));
  }

  /** A step of the outage, in words. */
  void outage(String text, Instant now) {
    note(Kind.OUTAGE, Subject.CLUSTER, text, now);
  }

  /** The machine of a node died, or lives again. */
  void machineChanged(String node, boolean isDead, Instant now) {
    nodes.setDead(node, isDead, at(now));
    pods.machineChanged(node, at(now));
  }

  @Override
  public boolean followsLeases() {
    return false;
  }

  @Override
  public void changed(WatchEvent event, Instant now) {
    switch (reading.observe(event, now).orElse(null)) {
      case NodeSeen(var node, _, _) ->
          nodes.seen(
              node, (kind, zone, name, text) -> note(kind, new Subject(zone, name, ""), text, now));
      case NodeGone(var name, _) ->
          nodes.gone(
              name, (kind, zone, node, text) -> note(kind, new Subject(zone, node, ""), text, now));
      case PodSeen(var pod, _, _) -> {
        if (!pod.nodeName().isEmpty()) {
          if (!pods.knows(pod.key().uid())) {
            pods.add(pod, Workload.of(event.object().tree()));
          }
          pods.seen(pod, at(now))
              .ifPresent(known ->
                  noteOfPod(
                      Kind.POD_REPLACED, pod.key(), known, "is ready on " + pod.nodeName(), now));
        }
      }
      case PodGone(var key) -> pods.gone(key.uid(), at(now));
      case null, default -> {}
    }
  }

  private static String title(PodKey pod) {
    return pod.namespace() + "/" + pod.name();
  }

  @Override
  public void sent(int process, Request request, Instant now) {
    requests.sent(at(now));
    zoneOf(request).ifPresentOrElse(zone -> nodes.tally(zone).requests++, requests::shared);
  }

  private Optional<String> zoneOf(Request request) {
    return switch (request) {
      case Action.NodeWrite write -> ofNode(write.node().name());
      case Action.PodWrite write -> ofPod(write.pod());
      case Action.ReadLease(var node) -> ofNode(node);
      case Action.ReadNode(var node) -> ofNode(node.name());
      case Action.ReadWriters(var write) -> ofNode(write.node().name());
      case Action.ReadLeases() -> Optional.empty();
    };
  }

  private Optional<String> ofNode(String name) {
    return Optional.of(nodes.zone(name)).filter(zone -> !zone.isEmpty());
  }

  private Optional<String> ofPod(PodKey pod) {
    return pods.find(pod.uid()).map(PodBook.Known::zone);
  }

  @Override
  public void posted(int process, EventPost event, Instant now) {
    requests.sent(at(now));
    var zone =
        switch (event.event().about()) {
          case EventSubject.OfNode(var node) -> ofNode(node.name());
          case EventSubject.OfPod(var pod) -> ofPod(pod);
          case EventSubject.OfElection _ -> Optional.<String>empty();
        };
    zone.ifPresentOrElse(name -> nodes.tally(name).requests++, requests::shared);
  }

  @Override
  public void failed(int process, Instant now) {
    requests.failed();
    if (at(now).minus(failuresToldAt).compareTo(FAILURES_TOLD_EVERY) >= 0) {
      failuresToldAt = at(now);
      note(Kind.CONTROLLER, Subject.CLUSTER, "cannot reach the API server", now);
    }
  }

  @Override
  public void leads(int process, boolean isLeading, Instant now) {
    note(
        Kind.CONTROLLER,
        Subject.CLUSTER,
        isLeading ? "leads again" : "could not renew its leadership: it ends, and is started again",
        now);
  }

  @Override
  public void applied(int process, Request request, Observation outcome, Instant now) {
    if (outcome instanceof WriteEnded(var write, Outcome.Succeeded _)) {
      switch (write) {
        case Action.MarkPodNotReady(var pod, _, _) ->
            pods.find(pod.uid())
                .ifPresent(
                    known -> noteOfPod(Kind.POD_NOT_READY, pod, known, "is marked not Ready", now));
        case Action.DeletePod(var pod, var node, _, _) ->
            pods.evicted(pod.uid())
                .ifPresent(known ->
                    noteOfPod(Kind.POD_EVICTED, pod, known, "is evicted from " + node, now));
        default -> {}
      }
    }
  }

  private void noteOfPod(Kind kind, PodKey pod, PodBook.Known known, String text, Instant now) {
    note(kind, new Subject(known.zone(), title(pod), known.workload()), text, now);
  }

  @Override
  public void decided(int process, Action action, Instant now) {
    switch (action) {
      case Action.ZoneChanged(var change) ->
          note(
              Kind.ZONE,
              new Subject(zones.of(change.zone()), "", ""),
              "%s, %d of %d nodes not ready, %s nodes a second"
                  .formatted(
                      change.to().title(), change.notReady(), change.size(), rate(change.rate())),
              now);
      case Action.ClusterStopChanged(var isStopped) ->
          note(
              isStopped ? Kind.CLUSTER_STOPPED : Kind.CLUSTER_RESUMED,
              Subject.CLUSTER,
              isStopped
                  ? "no zone has a ready node: nothing is tainted or evicted"
                  : "a zone has a ready node again",
              now);
      case Action.Blinded(var why, var seconds) ->
          note(
              Kind.CONTROLLER,
              Subject.CLUSTER,
              why + ": nothing is concluded from silence for " + seconds + " s",
              now);
      default -> {}
    }
  }

  static String rate(double rate) {
    return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
  }

  @Override
  public void stepped(int process, LifecycleController controller, Instant now) {
    this.controller = controller;
  }

  ZoneNames zones() {
    return zones;
  }

  NodeBook nodes() {
    return nodes;
  }

  List<Happening> happenings() {
    return happenings;
  }

  List<Sample> samples() {
    return samples;
  }

  Peak peak() {
    return requests.peak();
  }

  int nodesAtBegin() {
    return nodesAtBegin;
  }

  int podsAtBegin() {
    return podsAtBegin;
  }

  List<WorkloadRecord> workloads(Instant end) {
    return pods.fates(at(end));
  }

  /** How the controller was doing at its last step. */
  Optional<LifecycleStatus> status(Instant now) {
    return Optional.ofNullable(controller).map(each -> each.status(now));
  }
}
