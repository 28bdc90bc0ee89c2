package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.simulate.check.CheckCluster.Node;
import io.nodelifecycle.simulate.engine.Weather.Errors;
import io.nodelifecycle.simulate.engine.World;
import java.time.Duration;
import java.util.List;

/**
 * What goes wrong in a run, and when: drawn at the beginning, entered into the world. What is not
 * over by the end of the trouble ends then, except that some machines stay dead.
 */
final class Troubles {
  private static final Resource[] WATCHED = {Resource.NODES, Resource.LEASES, Resource.PODS};

  private final Course course;
  private final Draw draw;
  private final World world;
  private final MachineTroubles machines;
  private final PeopleTroubles people;

  /**
   * Troubles of a world.
   *
   * @param nodes that are there at the beginning; at least one
   * @param grace for how long a node may be unheard
   */
  Troubles(Course course, List<Node> nodes, Duration grace) {
    this.course = course;
    this.draw = course.draw();
    this.world = course.world();
    this.machines = new MachineTroubles(course, nodes, grace);
    this.people = new PeopleTroubles(course, nodes);
  }

  /** Enters what goes wrong, the first of it not before the beginning. */
  void enter(Duration begin) {
    var count = draw.number(3, 14);
    for (var i = 0; i < count; i++) {
      enterOne(draw.between(begin, course.end().minus(Course.BLINK)));
    }
    course.at(course.end(), "all troubles end", this::clear);
  }

  private void clear() {
    world.weather().clear();
    world.setApiDown(false);
    world.resumeController();
    for (var resource : Resource.values()) {
      world.cutWatch(resource, true);
    }
    machines.clear();
  }

  private void enterOne(Duration from) {
    switch (draw.number(0, 10)) {
      case 0, 1, 2 -> machines.enterOne(from);
      case 3, 4 -> api(from);
      case 5, 6 -> watches(from);
      case 7 -> controller(from);
      default -> people.enterOne(from);
    }
  }

  private void api(Duration from) {
    var weather = world.weather();
    switch (draw.number(0, 3)) {
      case 0 ->
          course.span(
              from,
              Duration.ofSeconds(draw.one(3, 20, 90)),
              "the API server is away",
              () -> world.setApiDown(true),
              () -> world.setApiDown(false));
      case 1 -> {
        var most = draw.between(Course.BLINK, Duration.ofSeconds(8));
        course.span(
            from,
            Duration.ofSeconds(90),
            "requests take up to " + most + " each way",
            () -> weather.setSlowness(most),
            () -> weather.setSlowness(Duration.ZERO));
      }
      default -> {
        var errors =
            new Errors(
                draw.one(0, 10),
                draw.one(0, 15),
                draw.one(0, 20),
                draw.one(0, 15),
                draw.one(0, 20));
        course.errors(from, errors);
      }
    }
  }

  private void watches(Duration from) {
    var weather = world.weather();
    var resource = draw.one(WATCHED);
    var name = resource.plural();
    switch (draw.number(0, 5)) {
      case 0 -> {
        var most = draw.between(Course.BLINK, Duration.ofSeconds(20));
        course.span(
            from,
            Duration.ofMinutes(2),
            "changes of " + name + " arrive up to " + most + " late",
            () -> weather.setDelay(resource, most),
            () -> weather.setDelay(resource, Duration.ZERO));
      }
      case 1 ->
          course.span(
              from,
              Duration.ofSeconds(60),
              "no watch of " + name + " delivers anything",
              () -> weather.setDeaf(resource, true),
              () -> weather.setDeaf(resource, false));
      case 2 ->
          course.at(from, "the watch of " + name + " goes deaf", () -> world.deafenWatch(resource));
      case 3 ->
          course.span(
              from,
              Duration.ofSeconds(40),
              "changes of " + name + " get lost",
              () -> world.deafenWatch(resource),
              () -> world.cutWatch(resource, true));
      case 4 -> {
        var age = draw.between(Course.BLINK, Duration.ofSeconds(40));
        course.span(
            from,
            Duration.ofSeconds(30),
            "lists are " + age + " old, and " + name + " are listed",
            () -> {
              weather.setListAge(age);
              world.cutWatch(resource, true);
            },
            () -> weather.setListAge(Duration.ZERO));
      }
      default -> {
        var isLost = draw.percent(50);
        course.at(
            from,
            "the watch of " + name + " breaks" + (isLost ? ", its place is lost" : ""),
            () -> world.cutWatch(resource, isLost));
      }
    }
  }

  private void controller(Duration from) {
    switch (draw.number(0, 3)) {
      case 0 ->
          course.span(
              from,
              Duration.ofSeconds(draw.one(3, 12, 60)),
              "the controller is stopped",
              world::pauseController,
              world::resumeController);
      case 1 -> {
        var error = draw.between(Duration.ofMinutes(-90), Duration.ofMinutes(90));
        course.at(
            from,
            "the controller's wall clock is wrong by " + error,
            () -> world.setControllerClock(error));
      }
      default -> course.at(from, "the controller crashes", world::crashController);
    }
  }
}
