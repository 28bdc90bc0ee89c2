package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.http.ApiPath;

/**
 * Where a resource is listed and watched, and what it takes to be allowed to.
 *
 * @param path of the collection
 * @param selector query that narrows it, empty or ending with an ampersand
 * @param place where, in words, starting with a space; empty for the whole cluster
 * @param group the API group as RBAC rules name it
 */
record ResourcePath(Resource resource, String path, String selector, String place, String group) {
  static ResourcePath of(Resource resource) {
    return switch (resource) {
      case NODES -> new ResourcePath(resource, ApiPath.NODES, "", "", "\"\"");
      case PODS ->
          new ResourcePath(
              resource, ApiPath.PODS, "fieldSelector=spec.nodeName%21%3D&", "", "\"\"");
      case LEASES ->
          new ResourcePath(
              resource, ApiPath.LEASES, "", " in namespace kube-node-lease", "coordination.k8s.io");
      case DAEMON_SETS -> new ResourcePath(resource, ApiPath.DAEMON_SETS, "", "", "apps");
    };
  }

  String page(int limit, String continueToken) {
    var token = continueToken.isEmpty() ? "" : "&continue=" + ApiPath.query(continueToken);
    return path + "?" + selector + "limit=" + limit + token;
  }

  String watch(String resourceVersion, long timeoutSeconds) {
    return path
        + "?"
        + selector
        + "watch=true&allowWatchBookmarks=true&resourceVersion="
        + ApiPath.query(resourceVersion)
        + "&timeoutSeconds="
        + timeoutSeconds;
  }

  /** The failure in words; where access was denied, with the rule that is missing. */
  String explain(String verb, ApiFailure failure) {
    var what = "cannot " + verb + " " + resource.plural() + place + ": ";
    return switch (failure.code()) {
      case 403 ->
          what
              + "the ServiceAccount needs verbs list, watch on resource "
              + resource.plural()
              + " in API group "
              + group
              + " ("
              + failure.reason()
              + ")";
      case 401 ->
          what
              + "the API server does not accept the credentials: is the token or client"
              + " certificate expired, or of another cluster? ("
              + failure.reason()
              + ")";
      default -> what + failure.reason();
    };
  }
}
