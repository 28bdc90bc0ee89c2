package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.config.value.Quoted;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.sandbox.story.Expectation.About;
import io.nodelifecycle.sandbox.story.Expectation.Claim;
import io.nodelifecycle.sandbox.story.Expectation.Since;
import io.nodelifecycle.sandbox.story.Expectation.Window;
import io.nodelifecycle.sandbox.yaml.YamlField;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what is expected in a chapter. */
final class ExpectationReader {
  private static final List<String> VERBS = List.of("become", "stay", "never", "event");
  private static final String HEALTHY = "healthy nodes";
  private static final String NODE_STATES =
      "Ready, NotReady, Unknown, gone, untainted, tainted KEY:EFFECT, free of KEY:EFFECT";
  private static final String POD_STATES = "Ready, NotReady, deleted, gone, settled";

  private final NodeWords words;
  private final ActionReader actions;
  private final double evictionRate;
  private final Duration slack;

  /**
   * A reader.
   *
   * @param evictionRate nodes per second, what {@code paced} means
   * @param slack how much longer things may take than the story says
   */
  ExpectationReader(NodeWords words, ActionReader actions, double evictionRate, Duration slack) {
    this.slack = slack;
    this.words = words;
    this.actions = actions;
    this.evictionRate = evictionRate;
  }

  /**
   * One expectation; nothing where it is wrong, which is noted.
   *
   * @param rest how long the story goes on after the chapter began: what {@code by: end} means
   */
  Optional<Expectation> read(YamlField field, Duration rest) {
    var about = about(field);
    var claim = claim(field, field.has("pods"));
    var window = window(field, rest);
    var sentence = field.find("says").flatMap(YamlField::text);
    field.refuseOthers();
    if (about.isEmpty() || claim.isEmpty() || window.isEmpty()) {
      return Optional.empty();
    }
    if (about.get() instanceof About.HealthyPods && !isNeverDeleted(claim.get())) {
      field.refuse("of pods on " + HEALTHY + " only \"never: deleted\" can be said");
      return Optional.empty();
    }
    var text = sentence.orElseGet(() -> plain(about.get(), claim.get()));
    return Optional.of(
        new Expectation(
            text.replace("{subject}", name(about.get())), about.get(), claim.get(), window.get()));
  }

  private static boolean isNeverDeleted(Claim claim) {
    return claim instanceof Claim.Never(State.PodDeleted _);
  }

  private Optional<About> about(YamlField field) {
    if (field.has("pods")) {
      var kind = field.get("pods").flatMap(actions::kind);
      var on = field.get("on");
      if (on.flatMap(YamlField::text).filter(HEALTHY::equals).isPresent()) {
        return kind.map(_ -> new About.HealthyPods());
      }
      return on.flatMap(words::read).flatMap(nodes -> kind.map(k -> new About.Pods(nodes, k)));
    }
    if (field.has("nodes")) {
      return field.get("nodes").flatMap(words::read).map(About.Nodes::new);
    }
    field.refuse("says neither nodes nor pods");
    return Optional.empty();
  }

  private Optional<Claim> claim(YamlField field, boolean isAboutPods) {
    var said = VERBS.stream().filter(field::has).toList();
    if (said.size() != 1) {
      field.refuse("says " + said.size() + " of " + String.join(", ", VERBS) + "; say one");
      return Optional.empty();
    }
    var value = field.get(said.getFirst()).orElseThrow();
    var text = value.text().orElse("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (said.getFirst().equals("event")) {
      var containing = field.find("containing").flatMap(YamlField::text).orElse("");
      return Optional.of(new Claim.Told(text, containing));
    }
    boolean isPaced =
        field.has("paced")
            && field
                .get("paced")
                .flatMap(p -> p.word(List.of("true", "false")))
                .filter("true"::equals)
                .isPresent();
    return state(text, value, isAboutPods)
        .map(state ->
            switch (said.getFirst()) {
              case "stay" -> new Claim.Stays(state);
              case "never" -> new Claim.Never(state);
              default ->
                  isPaced && evictionRate > 0
                      ? new Claim.Paced(state, evictionRate)
                      : new Claim.Becomes(state);
            });
  }

  private static Optional<State> state(String text, YamlField value, boolean isAboutPods) {
    Optional<State> state = isAboutPods ? podState(text) : nodeState(text, value);
    if (state.isEmpty() && !text.contains(":")) {
      value.refuse(
          Quoted.of(text)
              + " is no state; "
              + (isAboutPods ? "of pods: " + POD_STATES : "of nodes: " + NODE_STATES));
    }
    return state;
  }

  private static Optional<State> podState(String text) {
    return switch (text) {
      case "Ready" -> Optional.of(new State.PodReady(true));
      case "NotReady" -> Optional.of(new State.PodReady(false));
      case "deleted" -> Optional.of(new State.PodDeleted());
      case "gone" -> Optional.of(new State.PodGone());
      case "settled" -> Optional.of(new State.PodSettled());
      default -> Optional.empty();
    };
  }

  private static Optional<State> nodeState(String text, YamlField value) {
    if (text.startsWith("tainted ")) {
      return ActionReader.taint(text.substring("tainted ".length()), value)
          .map(taint -> new State.Tainted(taint.key(), taint.effect()));
    }
    if (text.startsWith("free of ")) {
      return ActionReader.taint(text.substring("free of ".length()), value)
          .map(taint -> new State.FreeOf(taint.key(), taint.effect()));
    }
    return switch (text) {
      case "Ready" -> Optional.of(new State.NodeReady(ConditionStatus.TRUE));
      case "NotReady" -> Optional.of(new State.NodeReady(ConditionStatus.FALSE));
      case "Unknown" -> Optional.of(new State.NodeReady(ConditionStatus.UNKNOWN));
      case "untainted" -> Optional.of(new State.Untainted());
      case "gone" -> Optional.of(new State.NodeGone());
      default -> Optional.empty();
    };
  }

  private Optional<Window> window(YamlField field, Duration rest) {
    var since =
        field
                .find("since")
                .flatMap(f -> f.word(List.of("chapter", "taint")))
                .filter("taint"::equals)
                .isPresent()
            ? Since.TAINT
            : Since.CHAPTER;
    var from = field.find("from").flatMap(YamlField::duration).orElse(Duration.ZERO);
    var byField = field.get("by");
    if (byField.isEmpty()) {
      return Optional.empty();
    }
    var by =
        byField.get().text().filter("end"::equals).isPresent()
            ? Optional.of(rest)
            : byField.get().duration();
    if (by.isPresent() && by.get().compareTo(from) < 0) {
      byField.get().refuse("is before from");
      return Optional.empty();
    }
    if (by.isPresent() && since == Since.CHAPTER && by.get().compareTo(rest) > 0) {
      byField.get().refuse("is after the end of the story; write by: end, or let it end later");
      return Optional.empty();
    }
    boolean isAwaited = field.has("become") || field.has("event");
    return by.map(end -> isAwaited ? end.plus(slack) : end)
        .map(end -> since == Since.CHAPTER && end.compareTo(rest) > 0 ? rest : end)
        .map(end -> new Window(since, from, end));
  }

  private static String name(About about) {
    return switch (about) {
      case About.Nodes(var nodes) -> nodes.name();
      case About.Pods(var nodes, _) -> nodes.name();
      case About.HealthyPods() -> HEALTHY;
    };
  }

  private static String plain(About about, Claim claim) {
    String whom =
        switch (about) {
          case About.Nodes(var nodes) -> nodes.name();
          case About.Pods(var nodes, var kind) ->
              (kind.isEmpty() ? "" : kind + " ") + "pods on " + nodes.name();
          case About.HealthyPods() -> "pods on " + HEALTHY;
        };
    return switch (claim) {
      case Claim.Becomes(var state) -> whom + " become " + state;
      case Claim.Paced(var state, var rate) ->
          whom + " become " + state + ", at most " + rate + " a second";
      case Claim.Stays(var state) -> whom + " stay " + state;
      case Claim.Never(var state) -> whom + " are never " + state;
      case Claim.Told(var reason, _) -> whom + ": event " + reason;
    };
  }
}
