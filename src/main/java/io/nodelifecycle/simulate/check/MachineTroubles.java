package io.nodelifecycle.simulate.check;

import io.nodelifecycle.sandbox.kubelet.Heartbeat;
import io.nodelifecycle.simulate.check.CheckCluster.Node;
import io.nodelifecycle.simulate.engine.Weather.Errors;
import io.nodelifecycle.simulate.engine.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What goes wrong with machines; some of them stay dead. */
final class MachineTroubles {
  private final Course course;
  private final Draw draw;
  private final World world;
  private final List<Node> nodes;
  private final Duration grace;
  private final Users users;
  private final List<Runnable> cures = new ArrayList<>();

  MachineTroubles(Course course, List<Node> nodes, Duration grace) {
    this.course = course;
    this.draw = course.draw();
    this.world = course.world();
    this.nodes = nodes;
    this.grace = grace;
    this.users = new Users(world);
  }

  /** Enters something that goes wrong from then on. */
  void enterOne(Duration from) {
    var node = draw.one(nodes).name();
    switch (draw.number(0, 10)) {
      case 0, 1 -> die(from, List.of(node), node);
      case 2 -> {
        var zone = draw.one(nodes).zone();
        die(from, inZone(zone), "zone " + zone);
      }
      case 3 -> die(from, nodes.stream().map(Node::name).toList(), "everything");
      case 4 -> die(from, draw.some(nodes, 60).stream().map(Node::name).toList(), "many");
      case 5 -> {
        var lost =
            draw.one(
                List.of(
                    EnumSet.of(Heartbeat.LEASE),
                    EnumSet.of(Heartbeat.STATUS),
                    EnumSet.allOf(Heartbeat.class)));
        course.span(
            from,
            Duration.ofMinutes(4),
            "heartbeats of " + node + " get lost: " + lost,
            () -> mute(node, lost),
            () -> unmute(node));
      }
      case 6 -> {
        var error = draw.between(Duration.ofMinutes(-90), Duration.ofMinutes(90));
        course.at(
            from,
            "the clock of " + node + " is wrong by " + error,
            () -> world.kubelets().setClock(node, error));
      }
      case 7 -> dieInTurn(from);
      default -> {
        var condition =
            draw.one(
                "Ready=False",
                "Ready=False",
                "MemoryPressure=True",
                "DiskPressure=True",
                "PIDPressure=True",
                "NetworkUnavailable=True");
        course.span(
            from,
            Duration.ofMinutes(4),
            node + " reports " + condition,
            () -> report(node, condition),
            () -> recover(node, condition));
      }
    }
  }

  /** Changes that are no heartbeats are to arrive just when its grace ends. */
  private void lookAtTheEnd(String node) {
    var heard = world.kubelets().lastHeartbeat(node);
    if (heard.isEmpty()) {
      return;
    }
    var now = world.time().now();
    var end = world.time().sinceStart().plus(Duration.between(now, heard.get().plus(grace)));
    for (var millis = -2; millis <= 2; millis++) {
      var value = "at" + millis;
      world.at(end.plusMillis(millis), () -> users.label(node, "example.com/looked", value));
    }
  }

  /** All machines, one after the other; by the time of the last, writes fail. */
  private void dieInTurn(Duration from) {
    var apart = draw.between(Course.BLINK, Duration.ofSeconds(8));
    var last = from.plus(apart.multipliedBy(nodes.size() - 1L));
    var silent = last.plus(grace);
    if (silent.compareTo(course.end()) >= 0) {
      return;
    }
    for (var i = 0; i < nodes.size(); i++) {
      var node = nodes.get(i).name();
      var dead = from.plus(apart.multipliedBy(i));
      course.at(dead, node + " dies", () -> world.kubelets().kill(node));
      if (draw.percent(70)) {
        comeBack(node, silent);
      }
    }
    course.errors(silent.minus(Duration.ofSeconds(1)), new Errors(0, 0, 70, 0, 0));
  }

  private List<String> inZone(String zone) {
    return nodes.stream().filter(node -> node.zone().equals(zone)).map(Node::name).toList();
  }

  private void die(Duration from, List<String> names, String who) {
    course.at(
        from,
        who + " dies",
        () ->
            names.forEach(name -> {
              if (world.kubelets().isAlive(name)) {
                lookAtTheEnd(name);
              }
              world.kubelets().kill(name);
            }));
    if (draw.percent(70)) {
      names.forEach(name -> comeBack(name, from));
    }
  }

  private void comeBack(String name, Duration after) {
    var back = after.plus(draw.between(Course.BLINK, Duration.ofMinutes(5)));
    if (back.compareTo(course.end()) < 0) {
      course.at(
          back, name + " comes back", () -> world.kubelets().revive(name, world.time().now()));
    }
  }

  private void mute(String node, Set<Heartbeat> lost) {
    world.kubelets().mute(node, lost);
    cures.add(() -> unmute(node));
  }

  private void unmute(String node) {
    world.kubelets().unmute(node, world.time().now());
  }

  private void report(String node, String condition) {
    var parts = condition.split("=", 2);
    world.kubelets().report(node, parts[0], parts[1], world.time().now());
    cures.add(() -> recover(node, condition));
  }

  private void recover(String node, String condition) {
    var parts = condition.split("=", 2);
    var healthy = parts[0].equals("Ready") ? "True" : "False";
    world.kubelets().report(node, parts[0], healthy, world.time().now());
  }

  /** Ends what is not over, but for the dead. */
  void clear() {
    cures.forEach(Runnable::run);
    cures.clear();
  }
}
