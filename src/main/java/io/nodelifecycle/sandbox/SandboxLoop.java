package io.nodelifecycle.sandbox;

import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.sandbox.screen.Display;
import io.nodelifecycle.sandbox.story.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Steps the stage and shows what happens, until the story is over or somebody stops it. */
final class SandboxLoop {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration FRAME = Duration.ofMillis(250);
  private static final Duration START = Duration.ofSeconds(60);
  private static final int CHANGES_KEPT = 200;

  private final Stage stage;
  private final SceneComposer composer;
  private final Display display;
  private final ControllerThread controller;
  private final TimeSource time;
  private final Deque<StateChange> recent = new ArrayDeque<>();
  private Instant nextFrame;

  SandboxLoop(
      Stage stage,
      SceneComposer composer,
      Display display,
      ControllerThread controller,
      TimeSource time) {
    this.stage = stage;
    this.composer = composer;
    this.display = display;
    this.controller = controller;
    this.time = time;
    this.nextFrame = time.now();
  }

  /**
   * Plays the story.
   *
   * @param isStopped whether somebody wants it to end now
   * @return why it could not be played to its end; empty if it was
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<String> play(BooleanSupplier isStopped) throws InterruptedException {
    var latestBegin = time.now().plus(START);
    while (!stage.isOver()) {
      step();
      if (isStopped.getAsBoolean()) {
        return Optional.of("stopped before the end of the story");
      }
      var failure = controller.failure();
      if (failure.isPresent()) {
        return Optional.of("the controller ended: " + failure.get());
      }
      if (!stage.hasBegun() && controller.isSynced()) {
        stage.begin();
      }
      if (!stage.hasBegun() && time.now().isAfter(latestBegin)) {
        return Optional.of(
            "the controller has not seen the cluster within " + START.toSeconds() + " s");
      }
      time.sleep(STEP);
    }
    return Optional.empty();
  }

  /** Goes on after the story until somebody stops it. */
  void goOn(BooleanSupplier isStopped) throws InterruptedException {
    while (!isStopped.getAsBoolean()) {
      step();
      time.sleep(STEP);
    }
  }

  private void step() {
    var news = stage.step(time.now(), time.wallClock());
    news.chapters().forEach(display::chapter);
    display.changed(news.changes());
    news.decided().forEach(entry -> display.decided(entry, stage.at()));
    news.broken().forEach(broken -> display.broken(broken, stage.at(broken.at())));
    for (var change : news.changes()) {
      recent.addLast(change);
      if (recent.size() > CHANGES_KEPT) {
        recent.removeFirst();
      }
    }
    if (!nextFrame.isAfter(time.now())) {
      display.show(composer.compose(new ArrayList<>(recent)));
      nextFrame = time.now().plus(FRAME);
    }
  }
}
