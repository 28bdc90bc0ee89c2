package io.nodelifecycle.sandbox.resource;

/** An API group in the one version that is served. */
public enum ApiGroup {
  CORE("", "v1"),
  COORDINATION("coordination.k8s.io", "v1"),
  APPS("apps", "v1");

  private final String group;
  private final String version;

  ApiGroup(String group, String version) {
    this.group = group;
    this.version = version;
  }

  /** The group's name; empty for the core group. */
  public String group() {
    return group;
  }

  /** The served version. */
  public String version() {
    return version;
  }

  /** What objects of this group carry as {@code apiVersion}. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** The URL path under which the group's resources are found. */
  public String path() {
    return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
  }
}
