package io.nodelifecycle.sandbox.http;

import io.nodelifecycle.sandbox.resource.ApiGroup;
import io.nodelifecycle.sandbox.resource.ObjectRef;
import io.nodelifecycle.sandbox.resource.ResourceType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A request about objects.
 *
 * @param method the HTTP method
 * @param type which resource
 * @param namespace which namespace; empty for all, or for a resource without
 * @param name which object; empty for a collection
 * @param subresource for example {@code status}; empty for the object itself
 * @param query the parameters
 */
public record ApiCall(
    String method,
    ResourceType type,
    String namespace,
    String name,
    String subresource,
    Query query) {

  /** Reads a path such as {@code /api/v1/namespaces/a/pods/b/status}, if it is of a resource. */
  static Optional<ApiCall> parse(String method, String path, Query query) {
    for (ApiGroup group : ApiGroup.values()) {
      if (path.startsWith(group.path() + "/")) {
        String rest = path.substring(group.path().length() + 1);
        List<String> parts = Arrays.asList(rest.split("/", -1));
        return of(group, parts, new ApiCall(method, ResourceType.NODES, "", "", "", query));
      }
    }
    return Optional.empty();
  }

  private static Optional<ApiCall> of(ApiGroup group, List<String> parts, ApiCall call) {
    boolean scoped = parts.size() >= 3 && parts.getFirst().equals("namespaces");
    String third = scoped ? parts.get(2) : "";
    boolean ofNamespace = third.equals("status") || third.equals("finalize");
    if (scoped && !(ofNamespace && group == ApiGroup.CORE)) {
      return of(group, parts.subList(2, parts.size()), call.in(parts.get(1)));
    }
    if (parts.size() > 3 || parts.contains("")) {
      return Optional.empty();
    }
    String name = parts.size() > 1 ? parts.get(1) : "";
    String subresource = parts.size() > 2 ? parts.get(2) : "";
    return ResourceType.of(group, parts.getFirst())
        .filter(type -> type.isNamespaced() || call.namespace.isEmpty())
        .filter(type -> !type.isNamespaced() || name.isEmpty() || !call.namespace.isEmpty())
        .map(type -> new ApiCall(call.method, type, call.namespace, name, subresource, call.query));
  }

  private ApiCall in(String wanted) {
    return new ApiCall(method, type, wanted, name, subresource, query);
  }

  /** The object it is about. */
  public ObjectRef ref() {
    return new ObjectRef(type, namespace, name);
  }

  /** Whether it is about all objects of a collection. */
  public boolean isCollection() {
    return name.isEmpty();
  }

  /** Whether it is a watch. */
  public boolean isWatch() {
    return isCollection() && method.equals("GET") && query.isSet("watch");
  }
}
