package io.nodelifecycle.kubernetes.http;

import io.nodelifecycle.core.model.PodKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the API server keeps what this program reads and writes: encoded paths of URLs. */
public final class ApiPath {
  /** All nodes. */
  public static final String NODES = "/api/v1/nodes";

  /** The pods of all namespaces. */
  public static final String PODS = "/api/v1/pods";

  /** The leases of nodes. */
  public static final String LEASES = leases("kube-node-lease");

  /** The DaemonSets of all namespaces. */
  public static final String DAEMON_SETS = "/apis/apps/v1/daemonsets";

  private ApiPath() {}

  /** One node. */
  public static String node(String name) {
    return NODES + "/" + segment(name);
  }

  /** One pod. */
  public static String pod(PodKey pod) {
    return "/api/v1/namespaces/" + segment(pod.namespace()) + "/pods/" + segment(pod.name());
  }

  /** One lease of a node. */
  public static String lease(String nodeName) {
    return LEASES + "/" + segment(nodeName);
  }

  /** The leases of a namespace. */
  public static String leases(String namespace) {
    return "/apis/coordination.k8s.io/v1/namespaces/" + segment(namespace) + "/leases";
  }

  /** One lease of a namespace. */
  public static String lease(String namespace, String name) {
    return leases(namespace) + "/" + segment(name);
  }

  /** The events of a namespace. */
  public static String events(String namespace) {
    return "/api/v1/namespaces/" + segment(namespace) + "/events";
  }

  /** One event. */
  public static String event(String namespace, String name) {
    return events(namespace) + "/" + segment(name);
  }

  /** A value of a query. */
  public static String query(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String segment(String name) {
    return query(name).replace("+", "%20");
  }
}
