package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

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
      case NODES -> new ResourcePath(resource, "/api/v1/nodes", "", "", "\"\"");
      case PODS ->
          new ResourcePath(
              resource, "/api/v1/pods", "fieldSelector=spec.nodeName%21%3D&", "", "\"\"");
      case LEASES ->
          new ResourcePath(
              resource,
              "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases",
              "",
              " in namespace kube-node-lease",
              "coordination.k8s.io");
      case DAEMON_SETS -> new ResourcePath(resource, "/apis/apps/v1/daemonsets", "", "", "apps");
    };
  }

  String page(int limit, String continueToken) {
    var token =
        continueToken.isEmpty()
            ? ""
            : "&continue=" + URLEncoder.encode(continueToken, StandardCharsets.UTF_8);
    return path + "?" + selector + "limit=" + limit + token;
  }

  String watch(String resourceVersion, long timeoutSeconds) {
    return path
        + "?"
        + selector
        + "watch=true&allowWatchBookmarks=true&resourceVersion="
        + URLEncoder.encode(resourceVersion, StandardCharsets.UTF_8)
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
