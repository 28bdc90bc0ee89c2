package io.nodelifecycle.simulate.check;

import io.nodelifecycle.simulate.check.CheckCluster.Node;
import java.time.Duration;
import java.util.List;

/** What people do to nodes and pods. */
final class PeopleTroubles {
  private static final String NO_EXECUTE = "NoExecute";
  private static final String HAND_SET = "example.com/repair";
  private static final String SECOND = "example.com/drain";

  private final Course course;
  private final Draw draw;
  private final List<Node> nodes;
  private final Users users;

  PeopleTroubles(Course course, List<Node> nodes) {
    this.course = course;
    this.draw = course.draw();
    this.nodes = nodes;
    this.users = new Users(course.world());
  }

  private record Taint(String key, String value, String effect) {}

  /** Enters something that somebody does then. */
  void enterOne(Duration from) {
    var node = draw.one(nodes);
    var name = node.name();
    var key =
        draw.one(
            HAND_SET, HAND_SET, "node.kubernetes.io/unreachable", "node.kubernetes.io/not-ready");
    switch (draw.number(0, 9)) {
      case 0, 1 -> taint(from, name);
      case 2 ->
          course.at(
              from,
              "somebody takes " + key + ":NoExecute off " + name,
              () -> users.untaint(name, key, NO_EXECUTE));
      case 3 ->
          course.span(
              from,
              Duration.ofMinutes(3),
              "somebody cordons " + name,
              () -> users.cordon(name, true),
              () -> users.cordon(name, false));
      case 4 -> {
        var zone = draw.one(draw.one(nodes).zone(), "z9");
        course.at(from, "somebody moves " + name + " to " + zone, () -> users.move(name, zone));
      }
      case 5 -> {
        var isAll = draw.percent(40);
        var isForced = draw.percent(40);
        course.at(
            from,
            "somebody deletes pods of " + name,
            () -> users.deletePods(name, isAll, isForced));
      }
      case 6 -> {
        course.at(from, "somebody removes node " + name, () -> users.removeNode(name));
        if (draw.percent(70)) {
          var back = from.plus(draw.between(Course.BLINK, Duration.ofMinutes(2)));
          var until = back.compareTo(course.end()) < 0 ? back : course.end().minus(Course.BLINK);
          course.at(until, name + " joins again", () -> users.join(name, node.zone()));
        }
      }
      case 7 -> {
        if (draw.percent(30)) {
          var bare = "bare-" + name;
          course.at(from, "node " + bare + " is created", () -> users.register(bare, node.zone()));
        } else {
          course.at(from, "pods land on " + name, () -> users.addPod(name, draw));
        }
      }
      case 8 ->
          course.at(
              from, "pods of " + name + " are created anew", () -> users.recreatePods(name, draw));
      default -> {
        var seconds = draw.one(5, 40);
        course.at(
            from,
            "a pod of " + name + " tolerates " + key + " for " + seconds + " s",
            () -> users.tolerate(name, key, seconds));
      }
    }
  }

  /** Somebody taints a node by hand, maybe twice, or for ever. */
  private void taint(Duration from, String name) {
    var effect = draw.one(NO_EXECUTE, NO_EXECUTE, NO_EXECUTE, "NoSchedule", "PreferNoSchedule");
    if (draw.percent(50)) {
      var second = from.plus(draw.between(Duration.ZERO, Course.BLINK));
      taint(second, name, new Taint(SECOND, "", NO_EXECUTE));
    }
    var taint = new Taint(HAND_SET, draw.one("", "disk"), effect);
    taint(from, name, taint);
    switch (draw.number(0, 3)) {
      case 0 -> {
        // Off and on again, while pods that tolerate it for some time are still counted down.
        var off = course.until(from, Duration.ofSeconds(20));
        course.at(off, name + " is untainted", () -> users.untaint(name, HAND_SET, effect));
        taint(course.until(off, Duration.ofSeconds(20)), name, taint);
      }
      case 1 -> {
        var soon = from.plus(draw.between(Duration.ofMillis(1), Duration.ofMillis(40)));
        course.at(
            soon, "pods of " + name + " are created anew", () -> users.recreatePods(name, draw));
      }
      default -> {}
    }
  }

  private void taint(Duration from, String name, Taint taint) {
    var what = "somebody taints " + name + " " + taint.key + ":" + taint.effect;
    Runnable begin = () -> users.taint(name, taint.key, taint.value, taint.effect);
    if (draw.percent(50)) {
      course.at(from, what + " for good", begin);
    } else {
      course.span(
          from,
          Duration.ofMinutes(3),
          what,
          begin,
          () -> users.untaint(name, taint.key, taint.effect));
    }
  }
}
