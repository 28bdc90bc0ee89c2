package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.sandbox.story.Expectation.About;
import io.nodelifecycle.sandbox.story.Expectation.Claim;
import io.nodelifecycle.sandbox.story.Expectation.Since;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Judges expectations by a timeline. */
public final class ExpectationJudge {
  /** A write that was let out in time may be seen this much later: a rate then looks too high. */
  private static final Duration PACE_TOLERANCE = Duration.ofSeconds(1);

  private final Timeline timeline;

  /** A judge by this timeline. */
  public ExpectationJudge(Timeline timeline) {
    this.timeline = timeline;
  }

  /**
   * What becomes of an expectation.
   *
   * @param chapter when its chapter began, since the beginning of the story
   * @param now the time up to which the timeline is complete
   */
  public Verdict judge(Expectation expectation, Duration chapter, Duration now) {
    if (now.compareTo(chapter) < 0) {
      return new Verdict.Open();
    }
    if (expectation.about() instanceof About.HealthyPods) {
      return healthyPods(expectation, chapter, now);
    }
    var counted = counted(expectation, chapter);
    if (now.compareTo(counted) < 0) {
      return new Verdict.Open();
    }
    var subjects = subjects(expectation, chapter, counted);
    if (subjects.isEmpty()) {
      return new Verdict.Broken("there is nothing that this could be said of");
    }
    var outcomes = subjects.stream().map(each -> outcome(each, expectation, now)).toList();
    if (expectation.claim() instanceof Claim.Told) {
      return told(outcomes);
    }
    var broken = outcomes.stream().filter(Outcome.Bad.class::isInstance).toList();
    if (!broken.isEmpty()) {
      return new Verdict.Broken(brokenText(broken, outcomes.size()));
    }
    if (outcomes.stream().anyMatch(Outcome.Pending.class::isInstance)) {
      return new Verdict.Open();
    }
    return held(expectation.claim(), outcomes);
  }

  /** Events are best effort: that one of several is told of is enough. */
  private static Verdict told(List<Outcome> outcomes) {
    var good = outcomes.stream().filter(Outcome.Good.class::isInstance).toList();
    if (!good.isEmpty()) {
      return good.getFirst() instanceof Outcome.Good(var name, var after)
          ? new Verdict.Held(name + ", after " + Verdict.seconds(after.orElse(Duration.ZERO)))
          : new Verdict.Open();
    }
    return outcomes.stream().allMatch(Outcome.Bad.class::isInstance)
        ? new Verdict.Broken(brokenText(outcomes, outcomes.size()))
        : new Verdict.Open();
  }

  /** One node or pod: its states, and what the window's times count from, if that is known. */
  private record Subject(String name, String uid, Track track, Optional<Duration> base) {}

  /** The states of a subject, as times at which a question's answer can change. */
  private interface Track {
    /** When the state began to hold at or after a time, or that time if it held then. */
    Optional<Duration> firstHolding(State state, Duration from);

    /** When the state first did not hold at or after a time. */
    Optional<Duration> firstNotHolding(State state, Duration from);

    /** The latest state in words. */
    String text();
  }

  private record Versions<T>(
      List<Seen<T>> list, Function<T, String> words, Function<State, Predicate<T>> test)
      implements Track {
    @Override
    public Optional<Duration> firstHolding(State state, Duration from) {
      return first(test.apply(state), from);
    }

    @Override
    public Optional<Duration> firstNotHolding(State state, Duration from) {
      return first(test.apply(state).negate(), from);
    }

    private Optional<Duration> first(Predicate<T> wanted, Duration from) {
      if (Timeline.at(list, from).filter(seen -> wanted.test(seen.what())).isPresent()) {
        return Optional.of(from);
      }
      return list.stream()
          .filter(seen -> seen.at().compareTo(from) > 0 && wanted.test(seen.what()))
          .map(Seen::at)
          .findFirst();
    }

    @Override
    public String text() {
      return list.isEmpty() ? "never seen" : words.apply(list.getLast().what());
    }
  }

  /** What one subject did. */
  private sealed interface Outcome {
    /** As expected; empty time where nothing was to happen. */
    record Good(String name, Optional<Duration> after) implements Outcome {}

    /** Not as expected. */
    record Bad(String text) implements Outcome {}

    /** Its time is not over. */
    record Pending() implements Outcome {}
  }

  /** When pods are looked up: what is said of a window is said of those that it begins with. */
  private static Duration counted(Expectation expectation, Duration chapter) {
    boolean isLasting =
        expectation.claim() instanceof Claim.Never || expectation.claim() instanceof Claim.Stays;
    return isLasting && expectation.window().since() == Since.CHAPTER
        ? chapter.plus(expectation.window().from())
        : chapter;
  }

  private List<Subject> subjects(Expectation expectation, Duration chapter, Duration counted) {
    return switch (expectation.about()) {
      case About.Nodes(var nodes) ->
          nodes.nodes().stream()
              .map(node -> nodeSubject(node, expectation.window().since(), chapter))
              .toList();
      case About.Pods about -> podSubjects(about, expectation, chapter, counted);
      case About.HealthyPods() -> List.of();
    };
  }

  private Subject nodeSubject(String node, Since since, Duration chapter) {
    Track track = new Versions<>(timeline.node(node), NodeState::text, this::nodeTest);
    return new Subject(node, node, track, base(node, since, chapter));
  }

  private Predicate<NodeState> nodeTest(State state) {
    return node -> state instanceof State.OfNode ofNode && ofNode.holds(node);
  }

  private Predicate<PodState> podTest(State state) {
    return pod -> state instanceof State.OfPod ofPod && ofPod.holds(pod);
  }

  private Optional<Duration> base(String node, Since since, Duration chapter) {
    return switch (since) {
      case CHAPTER -> Optional.of(chapter);
      case TAINT -> {
        var versions = timeline.node(node);
        if (Timeline.at(versions, chapter).filter(seen -> seen.what().evicts()).isPresent()) {
          yield Optional.of(chapter);
        }
        yield versions.stream()
            .filter(seen -> seen.at().compareTo(chapter) > 0 && seen.what().evicts())
            .map(Seen::at)
            .findFirst();
      }
    };
  }

  /** Pods that come later are somebody else's; those that were deleted before, too. */
  private List<Subject> podSubjects(
      About.Pods about, Expectation expectation, Duration chapter, Duration counted) {
    boolean isEndWanted =
        expectation.claim() instanceof Claim.Becomes(State.PodGone _)
            || expectation.claim() instanceof Claim.Becomes(State.PodSettled _);
    var wanted = Set.copyOf(about.nodes().nodes());
    var subjects = new ArrayList<Subject>();
    for (var versions : timeline.pods()) {
      var then = Timeline.at(versions, counted).map(Seen::what);
      boolean counts =
          then.filter(PodState::exists)
              .filter(pod -> wanted.contains(pod.node()))
              .filter(pod -> about.kind().isEmpty() || pod.kind().equals(about.kind()))
              .filter(pod -> isEndWanted || !pod.isDeleting())
              .isPresent();
      if (counts) {
        var pod = then.orElseThrow();
        Track track = new Versions<>(versions, PodState::text, this::podTest);
        var base = base(pod.node(), expectation.window().since(), chapter);
        subjects.add(new Subject(pod.name(), pod.uid(), track, base));
      }
    }
    return subjects;
  }

  private Outcome outcome(Subject subject, Expectation expectation, Duration now) {
    if (subject.base().isEmpty()) {
      return new Outcome.Pending();
    }
    var base = subject.base().get();
    var from = base.plus(expectation.window().from());
    var by = base.plus(expectation.window().by());
    return switch (expectation.claim()) {
      case Claim.Becomes(var state) ->
          becomes(subject, subject.track().firstHolding(state, base), from, by, now);
      case Claim.Paced(var state, _) ->
          becomes(subject, subject.track().firstHolding(state, base), from, by, now);
      case Claim.Told(var reason, var text) ->
          becomes(subject, told(subject, reason, text, base), from, by, now);
      case Claim.Stays(var state) ->
          remains(subject, subject.track().firstNotHolding(state, from), by, now);
      case Claim.Never(var state) ->
          remains(subject, subject.track().firstHolding(state, from), by, now);
    };
  }

  private Optional<Duration> told(Subject subject, String reason, String text, Duration base) {
    return timeline.events(subject.uid()).stream()
        .filter(seen -> seen.at().compareTo(base) >= 0)
        .filter(seen -> seen.what().reason().equals(reason))
        .filter(seen -> seen.what().message().contains(text))
        .map(Seen::at)
        .findFirst();
  }

  private static Outcome becomes(
      Subject subject, Optional<Duration> seen, Duration from, Duration by, Duration now) {
    var base = subject.base().orElse(Duration.ZERO);
    if (seen.isEmpty()) {
      return now.compareTo(by) <= 0
          ? new Outcome.Pending()
          : new Outcome.Bad(
              "%s: not within %s; it is %s"
                  .formatted(
                      subject.name(), Verdict.seconds(by.minus(base)), subject.track().text()));
    }
    var after = seen.get().minus(base);
    if (seen.get().compareTo(from) < 0) {
      return new Outcome.Bad(
          subject.name()
              + (after.isZero() ? ": it was so already" : ": after " + Verdict.seconds(after)));
    }
    return seen.get().compareTo(by) > 0
        ? new Outcome.Bad(subject.name() + ": after " + Verdict.seconds(after))
        : new Outcome.Good(subject.name(), Optional.of(after));
  }

  private static Outcome remains(
      Subject subject, Optional<Duration> seen, Duration by, Duration now) {
    var base = subject.base().orElse(Duration.ZERO);
    if (seen.isPresent() && seen.get().compareTo(by) <= 0) {
      return new Outcome.Bad(
          "%s: after %s; it is %s"
              .formatted(
                  subject.name(), Verdict.seconds(seen.get().minus(base)), subject.track().text()));
    }
    return now.compareTo(by) > 0
        ? new Outcome.Good(subject.name(), Optional.empty())
        : new Outcome.Pending();
  }

  private Verdict healthyPods(Expectation expectation, Duration chapter, Duration now) {
    var from = chapter.plus(expectation.window().from());
    var by = chapter.plus(expectation.window().by());
    int pods = 0;
    for (var versions : timeline.pods()) {
      pods++;
      var deleted =
          versions.stream()
              .filter(seen -> seen.what().isDeleting() || !seen.what().exists())
              .findFirst()
              .filter(seen -> seen.at().compareTo(from) >= 0 && seen.at().compareTo(by) <= 0);
      if (deleted.isPresent() && wasHealthy(deleted.get())) {
        var pod = deleted.get();
        return new Verdict.Broken(
            "%s on %s, after %s"
                .formatted(
                    pod.what().name(),
                    pod.what().node(),
                    Verdict.seconds(pod.at().minus(chapter))));
      }
    }
    return now.compareTo(by) > 0 ? new Verdict.Held("none of " + pods) : new Verdict.Open();
  }

  private boolean wasHealthy(Seen<PodState> deleted) {
    return Timeline.at(timeline.node(deleted.what().node()), deleted.at())
        .filter(seen -> seen.what().isHealthy())
        .isPresent();
  }

  private static String brokenText(List<Outcome> broken, int all) {
    var first = broken.getFirst() instanceof Outcome.Bad(var text) ? text : "";
    return broken.size() == 1 && all == 1
        ? first
        : "%d of %d; %s".formatted(broken.size(), all, first);
  }

  private static Verdict held(Claim claim, List<Outcome> outcomes) {
    var times =
        outcomes.stream()
            .map(each ->
                each instanceof Outcome.Good(_, var after) ? after : Optional.<Duration>empty())
            .flatMap(Optional::stream)
            .sorted()
            .toList();
    if (times.isEmpty()) {
      int all = outcomes.size();
      return new Verdict.Held(
          claim instanceof Claim.Never
              ? (all == 1 ? "never" : "none of " + all)
              : (all == 1 ? "throughout" : "all " + all));
    }
    var spread = times.getLast().minus(times.getFirst());
    if (claim instanceof Claim.Paced(_, double perSecond)) {
      double least = (times.size() - 1) / perSecond;
      if (spread.plus(PACE_TOLERANCE).toMillis() / 1000.0 < least) {
        return new Verdict.Broken(
            "%d within %s: too fast".formatted(times.size(), Verdict.seconds(spread)));
      }
    }
    var first = Verdict.seconds(times.getFirst());
    var last = Verdict.seconds(times.getLast());
    return new Verdict.Held(
        times.size() == 1 || first.equals(last)
            ? "after " + last
            : "%d, after %s to %s".formatted(times.size(), first, last));
  }
}
