package io.nodelifecycle.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a pod that is bound to a node: the latest version seen.
 *
 * @param key its namespace, name and uid
 * @param resourceVersion the version of the object this was read from
 * @param nodeName {@code spec.nodeName}, empty for a pod that is not bound
 * @param tolerations in their order, which matters: the first that matches a taint counts
 * @param ready the status of its Ready condition
 * @param isTerminating it has a deletionTimestamp
 * @param isMirror it mirrors a static pod (annotation {@code kubernetes.io/config.mirror}):
 *     deleting it would be undone by the kubelet
 * @param boundAt when it was bound by the API server's clock: the PodScheduled condition's
 *     transition, else its creationTimestamp; null if it has neither
 * @param isNodeLost its {@code status.reason} is {@code NodeLost}
 * @param isOfDaemonSet its controller is a DaemonSet
 * @param labels its labels where DaemonSets are followed, else none
 */
public record PodSnapshot(
    PodKey key,
    String resourceVersion,
    String nodeName,
    List<Toleration> tolerations,
    ConditionStatus ready,
    boolean isTerminating,
    boolean isMirror,
    @Nullable Instant boundAt,
    boolean isNodeLost,
    boolean isOfDaemonSet,
    Map<String, String> labels) {
  /** The {@code status.reason} of a pod whose node was given up. */
  public static final String NODE_LOST = "NodeLost";
}
