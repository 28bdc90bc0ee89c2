package io.nodelifecycle.sandbox;

import io.nodelifecycle.sandbox.cluster.SandboxCluster;
import io.nodelifecycle.sandbox.kubelet.Kubelets;
import io.nodelifecycle.sandbox.kubelet.PodKeeper;
import io.nodelifecycle.sandbox.story.ClusterObserver;
import io.nodelifecycle.sandbox.story.StateChange;
import io.nodelifecycle.sandbox.story.Story;
import io.nodelifecycle.sandbox.story.Story.Chapter;
import io.nodelifecycle.sandbox.story.StoryLedger;
import io.nodelifecycle.sandbox.story.StoryPlayer;
import io.nodelifecycle.sandbox.story.Timeline;
import io.nodelifecycle.sandbox.truth.BrokenRule;
import io.nodelifecycle.sandbox.truth.RequestJudge;
import io.nodelifecycle.sandbox.truth.RuleTally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything on the sandbox's side of the API: machines, owners of pods, the story and its judge.
 * One thread steps it; the controller is somewhere else.
 */
final class Stage implements AutoCloseable {
  private static final Duration KEEPING = Duration.ofMillis(500);
  private static final Duration JUDGING = Duration.ofMillis(200);

  private final Story story;
  private final ApiOutage outage;
  private final RequestJudge judge;
  private final Kubelets kubelets;
  private final PodKeeper keeper;
  private final Timeline timeline = new Timeline();
  private final ClusterObserver observer;
  private final StoryPlayer player;
  private final StoryLedger ledger;
  private @Nullable Instant begin;
  private Instant now;
  private Instant wall;
  private Instant nextKeeping;
  private Instant nextJudging;
  private int brokenTold;

  /** The API, when it is out of reach, and who judges what is asked of it. */
  record Api(SandboxCluster cluster, ApiOutage outage, RequestJudge judge) {}

  /** What one step brought. */
  record News(
      List<StateChange> changes,
      List<Chapter> chapters,
      List<StoryLedger.Entry> decided,
      List<BrokenRule> broken) {}

  /** Sets up the cluster of the story's beginning. */
  Stage(Story story, Api api, Instant now, Instant wall) {
    var cluster = api.cluster();
    this.story = story;
    this.outage = api.outage();
    this.judge = api.judge();
    this.now = now;
    this.wall = wall;
    nextKeeping = now;
    nextJudging = now;
    kubelets = new Kubelets(cluster, Kubelets.Rhythm.SANDBOX);
    keeper = new PodKeeper(cluster, story.cluster());
    observer = new ClusterObserver(cluster, timeline);
    player = new StoryPlayer(story.chapters(), cluster, new MachinesOnStage());
    ledger = new StoryLedger(story, timeline);
    var nodes = new ArrayList<String>();
    story
        .cluster()
        .nodesByZone()
        .forEach((zone, names) -> {
          names.forEach(name -> kubelets.join(name, zone, now, wall));
          nodes.addAll(names);
        });
    keeper.populate(nodes, wall);
  }

  /** The story begins; until then there are only machines. */
  void begin() {
    begin = now;
  }

  boolean hasBegun() {
    return begin != null;
  }

  /** What time it is in the story; zero before it. */
  Duration at() {
    return begin == null ? Duration.ZERO : Duration.between(begin, now);
  }

  /** What time it was in the story at a moment; zero before it. */
  Duration at(Instant moment) {
    return begin == null || moment.isBefore(begin)
        ? Duration.ZERO
        : Duration.between(begin, moment);
  }

  /** Whether the story is over. */
  boolean isOver() {
    return begin != null && at().compareTo(story.end()) > 0;
  }

  /** Lets everything happen that is due. */
  News step(Instant now, Instant wall) {
    this.now = now;
    this.wall = wall;
    boolean isApiThere = !outage.isGoingOn(now);
    if (isApiThere) {
      kubelets.advance(now, wall);
    }
    var changes = observer.poll(at());
    var decided = judge();
    var chapters = begin == null || isOver() ? List.<Chapter>of() : player.advance(at(), wall);
    if (isApiThere && !nextKeeping.isAfter(now)) {
      nextKeeping = now.plus(KEEPING);
      keeper.advance(timeline.nodesNow(), timeline.podsNow(), wall);
    }
    return new News(changes, chapters, decided, newlyBroken());
  }

  private List<BrokenRule> newlyBroken() {
    var first = judge.tally().first();
    var broken = first.subList(brokenTold, first.size());
    brokenTold = first.size();
    return broken;
  }

  /**
   * Whatever is expected is decided when the story is over: then it is judged for the last time.
   */
  private List<StoryLedger.Entry> judge() {
    if (begin == null || (nextJudging.isAfter(now) && !isOver())) {
      return List.of();
    }
    nextJudging = now.plus(JUDGING);
    return ledger.update(at());
  }

  Story story() {
    return story;
  }

  Timeline timeline() {
    return timeline;
  }

  StoryPlayer player() {
    return player;
  }

  StoryLedger ledger() {
    return ledger;
  }

  /** What came of judging the controller's requests so far. */
  RuleTally tally() {
    return judge.tally();
  }

  Kubelets kubelets() {
    return kubelets;
  }

  Instant now() {
    return now;
  }

  @Override
  public void close() {
    observer.close();
    kubelets.close();
  }

  private final class MachinesOnStage implements StoryPlayer.Machines {
    @Override
    public void kill(String node) {
      kubelets.kill(node);
    }

    @Override
    public void revive(String node) {
      kubelets.revive(node, now);
    }

    @Override
    public void report(String node, String condition, String status) {
      kubelets.report(node, condition, status, now);
    }

    @Override
    public void join(String node, String zone) {
      kubelets.join(node, zone, now, wall);
    }

    @Override
    public void remove(String node) {
      kubelets.remove(node, wall);
    }

    @Override
    public void cutApi(Duration duration) {
      outage.begin(duration, now);
    }
  }
}
