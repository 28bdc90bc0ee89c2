package io.nodelifecycle.sandbox.workload;

import io.nodelifecycle.sandbox.resource.Json;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What pods belong to.
 *
 * @param namespace its namespace
 * @param kind its kind, such as {@code Deployment}; {@code Pod} for a pod that nobody owns
 * @param name its name
 */
public record Workload(String namespace, String kind, String name) implements Comparable<Workload> {
  private static final Comparator<Workload> ORDER =
      Comparator.comparing(Workload::namespace)
          .thenComparing(Workload::kind)
          .thenComparing(Workload::name);

  /**
   * The workload of a pod: its controller, or the Deployment whose ReplicaSet that is. A pod
   * without a controller, or with a node for one, is a workload of its own.
   */
  public static Workload of(JsonNode pod) {
    var namespace = Json.text(pod, "metadata", "namespace");
    var owner = owner(pod);
    if (owner.isEmpty() || Json.text(owner.get(), "kind").equals("Node")) {
      return new Workload(namespace, "Pod", Json.text(pod, "metadata", "name"));
    }
    var kind = Json.text(owner.get(), "kind");
    var name = Json.text(owner.get(), "name");
    var suffix = "-" + Json.text(pod, "metadata", "labels", "pod-template-hash");
    boolean isDeployment =
        kind.equals("ReplicaSet") && suffix.length() > 1 && name.endsWith(suffix);
    return isDeployment
        ? new Workload(namespace, "Deployment", name.substring(0, name.length() - suffix.length()))
        : new Workload(namespace, kind, name);
  }

  /** The owner of a pod that controls it; the first one where none says so. */
  static Optional<JsonNode> owner(JsonNode pod) {
    var owners = Json.at(pod, "metadata", "ownerReferences");
    for (var owner : owners) {
      if (owner.path("controller").asBoolean(false)) {
        return Optional.of(owner);
      }
    }
    return owners.isEmpty() ? Optional.empty() : Optional.of(owners.get(0));
  }

  /** How its pods are replaced. */
  Replacement replacement() {
    return switch (kind) {
      case "Pod" -> Replacement.NEVER;
      case "StatefulSet" -> Replacement.UNDER_SAME_NAME;
      case "DaemonSet" -> Replacement.ON_SAME_NODE;
      default -> Replacement.ANYWHERE;
    };
  }

  /** How lost pods are replaced. */
  enum Replacement {
    /** They are not. */
    NEVER,
    /** By another one as soon as one is terminating. */
    ANYWHERE,
    /** By one of the same name once the old one is gone. */
    UNDER_SAME_NAME,
    /** By another one on the same node once the old one is gone and the node is ready. */
    ON_SAME_NODE
  }

  @Override
  public int compareTo(Workload other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
