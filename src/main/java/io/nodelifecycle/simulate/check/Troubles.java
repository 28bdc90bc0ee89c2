package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.sandbox.kubelet.Heartbeat;
import io.nodelifecycle.simulate.check.CheckCluster.Node;
import io.nodelifecycle.simulate.engine.Weather.Errors;
import io.nodelifecycle.simulate.engine.World;
import io.nodelifecycle.simulate.engine.WorldObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What goes wrong in a run, and when: drawn at the beginning, entered into the world. What is not
 * over by the end of the trouble ends then, except that some machines stay dead.
 */
final class Troubles {
  private static final Duration BLINK = Duration.ofMillis(500);
  private static final Resource[] WATCHED = {Resource.NODES, Resource.LEASES, Resource.PODS};
  private static final String NO_EXECUTE = "NoExecute";
  private static final String HAND_SET = "example.com/repair";
  private static final String SECOND = "example.com/drain";

  private final Draw draw;
  private final World world;
  private final WorldObserver observer;
  private final List<Node> nodes;
  private final Duration end;
  private final Users users;
  private final NodeTroubles machines;

  /** Troubles of a world with these nodes that end then. */
  Troubles(Draw draw, World world, WorldObserver observer, List<Node> nodes, Duration end) {
    this.draw = draw;
    this.world = world;
    this.observer = observer;
    this.nodes = nodes;
    this.end = end;
    this.users = new Users(world);
    this.machines = new NodeTroubles(world);
  }

  /** Enters what goes wrong, the first of it not before the beginning. */
  void enter(Duration begin) {
    var count = draw.number(3, 14);
    for (var i = 0; i < count; i++) {
      enterOne(draw.between(begin, end.minus(BLINK)));
    }
    at(end, "all troubles end", this::clear);
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

  private void at(Duration when, String what, Runnable happening) {
    world.at(
        when,
        () -> {
          observer.troubled(what, world.time().now());
          happening.run();
        });
  }

  /** What begins and ends again. */
  private void span(Duration from, Duration longest, String what, Runnable begin, Runnable finish) {
    at(from, what, begin);
    var until = from.plus(draw.between(BLINK, longest));
    at(until.compareTo(end) < 0 ? until : end, "no more: " + what, finish);
  }

  private void enterOne(Duration from) {
    switch (draw.number(0, 9)) {
      case 0, 1, 2 -> machines(from);
      case 3, 4 -> api(from);
      case 5, 6 -> watches(from);
      case 7 -> controller(from);
      default -> people(from);
    }
  }

  private void machines(Duration from) {
    var node = draw.one(nodes).name();
    switch (draw.number(0, 8)) {
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
        span(
            from,
            Duration.ofMinutes(4),
            "heartbeats of " + node + " get lost: " + lost,
            () -> machines.mute(node, lost),
            () -> machines.unmute(node));
      }
      case 6 -> {
        var error = draw.between(Duration.ofMinutes(-90), Duration.ofMinutes(90));
        at(
            from,
            "the clock of " + node + " is wrong by " + error,
            () -> world.kubelets().setClock(node, error));
      }
      default -> {
        var condition =
            draw.one(
                "Ready=False",
                "Ready=False",
                "MemoryPressure=True",
                "DiskPressure=True",
                "PIDPressure=True",
                "NetworkUnavailable=True");
        span(
            from,
            Duration.ofMinutes(4),
            node + " reports " + condition,
            () -> machines.report(node, condition),
            () -> machines.recover(node, condition));
      }
    }
  }

  private List<String> inZone(String zone) {
    return nodes.stream().filter(node -> node.zone().equals(zone)).map(Node::name).toList();
  }

  private void die(Duration from, List<String> names, String who) {
    at(from, who + " dies", () -> names.forEach(world.kubelets()::kill));
    if (draw.percent(70)) {
      for (var name : names) {
        var back = from.plus(draw.between(BLINK, Duration.ofMinutes(5)));
        if (back.compareTo(end) < 0) {
          at(back, name + " comes back", () -> world.kubelets().revive(name, world.time().now()));
        }
      }
    }
  }

  private void api(Duration from) {
    var weather = world.weather();
    switch (draw.number(0, 3)) {
      case 0 ->
          span(
              from,
              Duration.ofSeconds(draw.one(3, 20, 90)),
              "the API server is away",
              () -> world.setApiDown(true),
              () -> world.setApiDown(false));
      case 1 -> {
        var most = draw.between(BLINK, Duration.ofSeconds(8));
        span(
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
        span(
            from,
            Duration.ofMinutes(2),
            "percent of requests that fail: " + errors,
            () -> weather.setErrors(errors),
            () -> weather.setErrors(Errors.NONE));
      }
    }
  }

  private void watches(Duration from) {
    var weather = world.weather();
    var resource = draw.one(WATCHED);
    var name = resource.plural();
    switch (draw.number(0, 5)) {
      case 0 -> {
        var most = draw.between(BLINK, Duration.ofSeconds(20));
        span(
            from,
            Duration.ofMinutes(2),
            "changes of " + name + " arrive up to " + most + " late",
            () -> weather.setDelay(resource, most),
            () -> weather.setDelay(resource, Duration.ZERO));
      }
      case 1 ->
          span(
              from,
              Duration.ofSeconds(60),
              "no watch of " + name + " delivers anything",
              () -> weather.setDeaf(resource, true),
              () -> weather.setDeaf(resource, false));
      case 2 -> at(from, "the watch of " + name + " goes deaf", () -> world.deafenWatch(resource));
      case 3 ->
          span(
              from,
              Duration.ofSeconds(40),
              "changes of " + name + " get lost",
              () -> world.deafenWatch(resource),
              () -> world.cutWatch(resource, true));
      case 4 -> {
        var age = draw.between(BLINK, Duration.ofSeconds(40));
        span(
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
        at(
            from,
            "the watch of " + name + " breaks" + (isLost ? ", its place is lost" : ""),
            () -> world.cutWatch(resource, isLost));
      }
    }
  }

  private void controller(Duration from) {
    switch (draw.number(0, 3)) {
      case 0 ->
          span(
              from,
              Duration.ofSeconds(draw.one(3, 12, 60)),
              "the controller is stopped",
              world::pauseController,
              world::resumeController);
      case 1 -> {
        var error = draw.between(Duration.ofMinutes(-90), Duration.ofMinutes(90));
        at(
            from,
            "the controller's wall clock is wrong by " + error,
            () -> world.setControllerClock(error));
      }
      default -> at(from, "the controller crashes", world::crashController);
    }
  }

  private void people(Duration from) {
    var node = draw.one(nodes);
    var name = node.name();
    var key =
        draw.one(
            HAND_SET, HAND_SET, "node.kubernetes.io/unreachable", "node.kubernetes.io/not-ready");
    switch (draw.number(0, 9)) {
      case 0, 1 -> {
        var effect = draw.one(NO_EXECUTE, NO_EXECUTE, "NoSchedule", "PreferNoSchedule");
        var value = draw.one("", "disk", "fan");
        if (draw.percent(50)) {
          span(
              from.plus(draw.between(Duration.ZERO, BLINK)),
              Duration.ofMinutes(3),
              "somebody taints " + name + " " + SECOND + ":NoExecute",
              () -> users.taint(name, SECOND, "", NO_EXECUTE),
              () -> users.untaint(name, SECOND, NO_EXECUTE));
        }
        span(
            from,
            Duration.ofMinutes(3),
            "somebody taints " + name + " " + HAND_SET + ":" + effect,
            () -> users.taint(name, HAND_SET, draw.one("", "disk"), effect),
            () -> users.untaint(name, HAND_SET, effect));
      }
      case 2 ->
          at(
              from,
              "somebody takes " + key + ":NoExecute off " + name,
              () -> users.untaint(name, key, NO_EXECUTE));
      case 3 ->
          span(
              from,
              Duration.ofMinutes(3),
              "somebody cordons " + name,
              () -> users.cordon(name, true),
              () -> users.cordon(name, false));
      case 4 -> {
        var zone = draw.one(draw.one(nodes).zone(), "z9");
        at(from, "somebody moves " + name + " to " + zone, () -> users.move(name, zone));
      }
      case 5 -> {
        var isAll = draw.percent(40);
        var isForced = draw.percent(40);
        at(from, "somebody deletes pods of " + name, () -> users.deletePods(name, isAll, isForced));
      }
      case 6 -> {
        at(from, "somebody removes node " + name, () -> users.removeNode(name));
        if (draw.percent(70)) {
          var back = from.plus(draw.between(BLINK, Duration.ofMinutes(2)));
          var until = back.compareTo(end) < 0 ? back : end.minus(BLINK);
          at(until, name + " joins again", () -> users.join(name, node.zone()));
        }
      }
      case 7 -> {
        if (draw.percent(30)) {
          var bare = "bare-" + name;
          at(from, "node " + bare + " is created", () -> users.register(bare, node.zone()));
        } else {
          at(from, "pods land on " + name, () -> users.addPod(name, draw));
        }
      }
      case 8 ->
          at(from, "a pod of " + name + " is created anew", () -> users.recreatePod(name, draw));
      default -> {
        var seconds = draw.one(5, 40);
        at(
            from,
            "a pod of " + name + " tolerates " + key + " for " + seconds + " s",
            () -> users.tolerate(name, key, seconds));
      }
    }
  }

  /** What is wrong with machines, so that it can be ended. */
  private static final class NodeTroubles {
    private final World world;
    private final List<Runnable> cures = new ArrayList<>();

    NodeTroubles(World world) {
      this.world = world;
    }

    void mute(String node, Set<Heartbeat> lost) {
      world.kubelets().mute(node, lost);
      cures.add(() -> unmute(node));
    }

    void unmute(String node) {
      world.kubelets().unmute(node, world.time().now());
    }

    void report(String node, String condition) {
      var parts = condition.split("=", 2);
      world.kubelets().report(node, parts[0], parts[1], world.time().now());
      cures.add(() -> recover(node, condition));
    }

    void recover(String node, String condition) {
      var parts = condition.split("=", 2);
      var healthy = parts[0].equals("Ready") ? "True" : "False";
      world.kubelets().report(node, parts[0], healthy, world.time().now());
    }

    void clear() {
      cures.forEach(Runnable::run);
      cures.clear();
    }
  }
}
