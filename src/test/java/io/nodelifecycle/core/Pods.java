package io.nodelifecycle.core;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Toleration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pods of a test, and copies of them that differ in one thing. */
final class Pods {
  private Pods() {}

  /** A ready pod that tolerates nothing. */
  static PodSnapshot pod(String name, String nodeName, @Nullable Instant boundAt) {
    return new PodSnapshot(
        new PodKey("default", name, "uid-" + name),
        "0",
        nodeName,
        List.of(),
        ConditionStatus.TRUE,
        false,
        false,
        boundAt,
        false,
        false,
        Map.of());
  }

  /** Tolerates these keys: {@code key=30} for so many seconds, {@code key} for ever. */
  static UnaryOperator<PodSnapshot> tolerating(String... keys) {
    var tolerations = Stream.of(keys).map(Pods::toleration).toList();
    return change(copy -> copy.tolerations = tolerations);
  }

  /** Tolerates values above this. */
  static UnaryOperator<PodSnapshot> above(String key, String value) {
    var tolerations = List.of(new Toleration(key, "Gt", value, "NoExecute", null));
    return change(copy -> copy.tolerations = tolerations);
  }

  private static Toleration toleration(String text) {
    var parts = text.split("=");
    var key = parts[0].contains("/") ? parts[0] : "node.kubernetes.io/" + parts[0];
    var seconds = parts.length > 1 ? Long.valueOf(parts[1]) : null;
    return new Toleration(key, "Exists", "", "NoExecute", seconds);
  }

  static UnaryOperator<PodSnapshot> ready(ConditionStatus ready) {
    return change(copy -> copy.ready = ready);
  }

  static UnaryOperator<PodSnapshot> terminating() {
    return change(copy -> copy.isTerminating = true);
  }

  static UnaryOperator<PodSnapshot> mirror() {
    return change(copy -> copy.isMirror = true);
  }

  static UnaryOperator<PodSnapshot> nodeLost() {
    return change(copy -> copy.isNodeLost = true);
  }

  static UnaryOperator<PodSnapshot> ofDaemonSet() {
    return change(copy -> copy.isOfDaemonSet = true);
  }

  static UnaryOperator<PodSnapshot> labelled(String key, String value) {
    return change(copy -> copy.labels = Map.of(key, value));
  }

  static UnaryOperator<PodSnapshot> withUid(String uid) {
    return change(copy -> copy.key = new PodKey(copy.key.namespace(), copy.key.name(), uid));
  }

  static PodSnapshot versioned(PodSnapshot pod, String version) {
    return change(copy -> copy.resourceVersion = version).apply(pod);
  }

  private static UnaryOperator<PodSnapshot> change(Consumer<Copy> change) {
    return pod -> {
      var copy = new Copy(pod);
      change.accept(copy);
      return copy.done();
    };
  }

  /** A pod of which a field is about to change. */
  private static final class Copy {
    private final PodSnapshot pod;
    private PodKey key;
    private String resourceVersion;
    private List<Toleration> tolerations;
    private ConditionStatus ready;
    private boolean isTerminating;
    private boolean isMirror;
    private boolean isNodeLost;
    private boolean isOfDaemonSet;
    private Map<String, String> labels;

    private Copy(PodSnapshot pod) {
      this.pod = pod;
      key = pod.key();
      resourceVersion = pod.resourceVersion();
      tolerations = pod.tolerations();
      ready = pod.ready();
      isTerminating = pod.isTerminating();
      isMirror = pod.isMirror();
      isNodeLost = pod.isNodeLost();
      isOfDaemonSet = pod.isOfDaemonSet();
      labels = pod.labels();
    }

    private PodSnapshot done() {
      return new PodSnapshot(
          key,
          resourceVersion,
          pod.nodeName(),
          tolerations,
          ready,
          isTerminating,
          isMirror,
          pod.boundAt(),
          isNodeLost,
          isOfDaemonSet,
          labels);
    }
  }
}
