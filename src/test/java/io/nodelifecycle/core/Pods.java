package io.nodelifecycle.core;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Toleration;
import java.time.Instant;
import java.util.List;
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
        boundAt);
  }

  /** Tolerates these keys: {@code key=30} for so many seconds, {@code key} for ever. */
  static UnaryOperator<PodSnapshot> tolerating(String... keys) {
    var tolerations = Stream.of(keys).map(Pods::toleration).toList();
    return pod ->
        new PodSnapshot(
            pod.key(),
            pod.resourceVersion(),
            pod.nodeName(),
            tolerations,
            pod.ready(),
            pod.isTerminating(),
            pod.isMirror(),
            pod.boundAt());
  }

  private static Toleration toleration(String text) {
    var parts = text.split("=");
    var key = parts[0].contains("/") ? parts[0] : "node.kubernetes.io/" + parts[0];
    var seconds = parts.length > 1 ? Long.valueOf(parts[1]) : null;
    return new Toleration(key, "Exists", "", "NoExecute", seconds);
  }

  static UnaryOperator<PodSnapshot> ready(ConditionStatus ready) {
    return pod -> copy(pod, pod.key(), ready, pod.isTerminating(), pod.isMirror());
  }

  static UnaryOperator<PodSnapshot> terminating() {
    return pod -> copy(pod, pod.key(), pod.ready(), true, pod.isMirror());
  }

  static UnaryOperator<PodSnapshot> mirror() {
    return pod -> copy(pod, pod.key(), pod.ready(), pod.isTerminating(), true);
  }

  static UnaryOperator<PodSnapshot> withUid(String uid) {
    return pod ->
        copy(
            pod,
            new PodKey(pod.key().namespace(), pod.key().name(), uid),
            pod.ready(),
            pod.isTerminating(),
            pod.isMirror());
  }

  static PodSnapshot versioned(PodSnapshot pod, String version) {
    return new PodSnapshot(
        pod.key(),
        version,
        pod.nodeName(),
        pod.tolerations(),
        pod.ready(),
        pod.isTerminating(),
        pod.isMirror(),
        pod.boundAt());
  }

  private static PodSnapshot copy(
      PodSnapshot pod, PodKey key, ConditionStatus ready, boolean isTerminating, boolean isMirror) {
    return new PodSnapshot(
        key,
        pod.resourceVersion(),
        pod.nodeName(),
        pod.tolerations(),
        ready,
        isTerminating,
        isMirror,
        pod.boundAt());
  }
}
