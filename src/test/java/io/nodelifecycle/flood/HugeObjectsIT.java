package io.nodelifecycle.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.sandbox.cluster.Part;
import io.nodelifecycle.sandbox.resource.Json;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Pods and nodes of more than a MiB, changed over and over. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class HugeObjectsIT {
  private static final int OBJECTS = 4;

  /** As many changes of each resource as the test's own memory has room for. */
  private static final int HISTORY = 150;

  private static final int QPS = 20;
  private static final int MEBIBYTE = 1 << 20;

  /** A MiB of names, none of which was ever there before. */
  private static final int NAMES = 10_000;

  /** As long as the API server in memory can read. */
  private static final int LONG_NAMES = 25;

  private static final Duration FLOOD = Duration.ofSeconds(12);
  private static final int CHANGES_PER_SECOND = 40;
  private static final double CHANGES_PER_SECOND_MIN = 10;

  @Test
  void whatIsHugeIsSkippedAndHeartbeatsAreHeard(@TempDir Path folder) {
    try (var cluster = FloodedCluster.start(HISTORY)) {
      for (var i = 0; i < OBJECTS; i++) {
        cluster.addNode("node-" + i, "z1");
        cluster.addPod("pod-" + i, "node-" + i, "[]");
      }
      try (var program = FloodedProgram.start(folder, cluster, QPS)) {
        var rate = FloodedCluster.flood(CHANGES_PER_SECOND, FLOOD, i -> change(cluster, i));
        Report.of("huge objects", "%.0f changes of a MiB a second", rate);
        assertThat(rate).isGreaterThan(CHANGES_PER_SECOND_MIN);
        program.settles("huge objects", "node-3");
        program.hasWithstood("huge objects");
      }
    }
  }

  /** Pods and nodes in turn, with a long value, with many new names, and twice with long ones. */
  private static void change(FloodedCluster cluster, int i) {
    var number = i / 2 % OBJECTS;
    var ref =
        i % 2 == 0 ? ObjectRef.node("node-" + number) : ObjectRef.pod("default", "pod-" + number);
    cluster.change(
        ref,
        Part.MAIN,
        object -> {
          var annotations = Json.object();
          switch (i / 2 % 4) {
            case 0 -> annotations.put("long", ("" + i % 10).repeat(MEBIBYTE));
            case 1 -> addNames(annotations, NAMES, i);
            default -> addNames(annotations, LONG_NAMES, i);
          }
          Json.child(object, "metadata").set("annotations", annotations);
        });
  }

  private static void addNames(ObjectNode annotations, int names, int i) {
    var name = "n".repeat(MEBIBYTE / names - 20);
    for (var j = 0; j < names; j++) {
      annotations.put(name + "-" + i + "-" + j, "");
    }
  }
}
