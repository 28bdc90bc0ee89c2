package io.nodelifecycle.sandbox.patch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How lists are merged by a strategic merge patch, by their place in an object. Kubernetes declares
 * it with {@code patchMergeKey} in its types. Lists that are not named here are replaced as a
 * whole, such as the taints of a node and the tolerations of a pod.
 */
final class MergeKeys {
  /** Stands for a list of plain values that is merged as a set. */
  static final String SET = "";

  private static final Map<String, String> METADATA =
      Map.of("metadata.ownerReferences", "uid", "metadata.finalizers", SET);

  private static final Map<String, String> POD_SPEC =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("volumes", "name"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("hostAliases", "ip"),
          Map.entry("topologySpreadConstraints", "topologyKey"));

  private static final Map<String, String> CONTAINER =
      Map.of(
          "env",
          "name",
          "ports",
          "containerPort",
          "volumeMounts",
          "mountPath",
          "volumeDevices",
          "devicePath");

  private static final Map<String, Map<String, String>> BY_KIND =
      Map.of(
          "Node",
          Map.of("status.conditions", "type", "status.addresses", "type", "spec.podCIDRs", SET),
          "Pod",
          Map.of("status.conditions", "type", "status.podIPs", "ip"),
          "DaemonSet",
          Map.of("status.conditions", "type"),
          "Namespace",
          Map.of("status.conditions", "type"));

  private MergeKeys() {}

  /**
   * The property that tells the elements of a list apart, {@link #SET} for a set of plain values,
   * or null for a list that is replaced.
   *
   * @param kind the kind of the object
   * @param path the list's property names from the root, joined by dots, without indexes
   */
  static @Nullable String of(String kind, String path) {
    String key = METADATA.get(path);
    if (key == null) {
      key = BY_KIND.getOrDefault(kind, Map.of()).get(path);
    }
    String template = kind.equals("DaemonSet") ? "spec.template.spec." : "spec.";
    if (key == null && path.startsWith(template)) {
      key = ofPodSpec(path.substring(template.length()), kind);
    }
    return key;
  }

  private static @Nullable String ofPodSpec(String path, String kind) {
    if (!kind.equals("Pod") && !kind.equals("DaemonSet")) {
      return null;
    }
    int dot = path.indexOf('.');
    if (dot < 0) {
      return POD_SPEC.get(path);
    }
    String list = path.substring(0, dot);
    boolean container = list.equals("containers") || list.equals("initContainers");
    return container ? CONTAINER.get(path.substring(dot + 1)) : null;
  }
}
