package io.nodelifecycle.sandbox.resource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A resource that the in-memory API serves. */
public enum ResourceType {
  NODES(ApiGroup.CORE, "nodes", "Node", "no"),
  NAMESPACES(ApiGroup.CORE, "namespaces", "Namespace", "ns"),
  PODS(ApiGroup.CORE, "pods", "Pod", "po"),
  EVENTS(ApiGroup.CORE, "events", "Event", "ev"),
  LEASES(ApiGroup.COORDINATION, "leases", "Lease", ""),
  DAEMONSETS(ApiGroup.APPS, "daemonsets", "DaemonSet", "ds");

  private final ApiGroup group;
  private final String plural;
  private final String kind;
  private final String shortName;

  ResourceType(ApiGroup group, String plural, String kind, String shortName) {
    this.group = group;
    this.plural = plural;
    this.kind = kind;
    this.shortName = shortName;
  }

  /** The resource of a group with this plural name, if it is served. */
  public static Optional<ResourceType> of(ApiGroup group, String plural) {
    return Arrays.stream(values())
        .filter(type -> type.group == group && type.plural.equals(plural))
        .findFirst();
  }

  /** The group it belongs to. */
  public ApiGroup group() {
    return group;
  }

  /** The name used in URLs and messages, for example {@code pods}. */
  public String plural() {
    return plural;
  }

  /** The kind of its objects, for example {@code Pod}. */
  public String kind() {
    return kind;
  }

  /** Names that kubectl accepts besides plural and kind. */
  public List<String> shortNames() {
    return shortName.isEmpty() ? List.of() : List.of(shortName);
  }

  /** Whether its objects live in a namespace. */
  public boolean isNamespaced() {
    return this != NODES && this != NAMESPACES;
  }

  /** Whether status is written through a subresource, apart from everything else. */
  public boolean hasStatus() {
    return this != EVENTS && this != LEASES;
  }

  /** Group and plural as Kubernetes writes them in messages, for example {@code leases.apps}. */
  public String qualifiedName() {
    return group.group().isEmpty() ? plural : plural + "." + group.group();
  }
}
