package io.nodelifecycle.serving;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControlPlane.Authorization;
import io.nodelifecycle.testing.ControlPlane.User;
import java.util.List;

/** A control plane with RBAC, ServiceAccounts, and a user that the program is, of least rights. */
final class ServedCluster implements AutoCloseable {
  static final String PROGRAM_TOKEN = "token-of-the-program-itself";

  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
  private static final String GROUP = "rbac.authorization.k8s.io";

  private final ControlPlane plane;

  private ServedCluster(ControlPlane plane) {
    this.plane = plane;
  }

  static ServedCluster start() {
    var program = new User("program", PROGRAM_TOKEN, List.of());
    var cluster = new ServedCluster(ControlPlane.start(Authorization.RBAC, List.of(program)));
    cluster.allowProgram();
    return cluster;
  }

  ControlPlane plane() {
    return plane;
  }

  /** What the controller needs, and what its secure port needs besides. */
  private void allowProgram() {
    clusterRole(
        "controller",
        """
        [{"apiGroups": [""], "resources": ["nodes"], "verbs": ["get", "list", "watch", "patch"]},
         {"apiGroups": [""], "resources": ["nodes/status", "pods/status"], "verbs": ["patch"]},
         {"apiGroups": [""], "resources": ["pods"], "verbs": ["list", "watch", "delete"]},
         {"apiGroups": ["coordination.k8s.io"], "resources": ["leases"],
          "verbs": ["get", "list", "watch"]},
         {"apiGroups": [""], "resources": ["events"], "verbs": ["create", "patch"]}]
        """);
    bind("controller", "controller", user("program"));
    bind("program-delegates", "system:auth-delegator", user("program"));
    plane
        .admin()
        .post(
            RBAC + "/namespaces/kube-system/rolebindings",
            ApiClient.json(
                binding(
                    "program-reads-authorities",
                    "Role",
                    "extension-apiserver-authentication-reader",
                    user("program"))))
        .orThrow();
  }

  /** A ServiceAccount that may do nothing; its token. */
  String account(String name) {
    plane.admin().post(ACCOUNTS, ApiClient.json(named(name))).orThrow();
    return plane
        .admin()
        .post(
            ACCOUNTS + "/" + name + "/token",
            ApiClient.json(
                """
                {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
                 "spec": {"expirationSeconds": 3600}}
                """))
        .orThrow()
        .at("/status/token")
        .asString();
  }

  void deleteAccount(String name) {
    plane.admin().delete(ACCOUNTS + "/" + name).orThrow();
  }

  /** Lets a ServiceAccount read these paths. */
  void allowPaths(String account, String paths) {
    clusterRole(account, "[{\"nonResourceURLs\": [%s], \"verbs\": [\"get\"]}]".formatted(paths));
    bind(
        account,
        account,
        "{\"kind\": \"ServiceAccount\", \"namespace\": \"default\", \"name\": \"%s\"}"
            .formatted(account));
  }

  private void clusterRole(String name, String rules) {
    var role = "{\"metadata\": {\"name\": \"%s\"}, \"rules\": %s}".formatted(name, rules);
    plane.admin().post(RBAC + "/clusterroles", ApiClient.json(role)).orThrow();
  }

  private void bind(String name, String role, String subject) {
    plane
        .admin()
        .post(
            RBAC + "/clusterrolebindings",
            ApiClient.json(binding(name, "ClusterRole", role, subject)))
        .orThrow();
  }

  private static String binding(String name, String kind, String role, String subject) {
    return """
    {"metadata": {"name": "%s"}, "subjects": [%s],
     "roleRef": {"apiGroup": "%s", "kind": "%s", "name": "%s"}}
    """
        .formatted(name, subject, GROUP, kind, role);
  }

  private static String user(String name) {
    return "{\"apiGroup\": \"%s\", \"kind\": \"User\", \"name\": \"%s\"}".formatted(GROUP, name);
  }

  private static String named(String name) {
    return "{\"metadata\": {\"name\": \"%s\"}}".formatted(name);
  }

  @Override
  public void close() {
    plane.close();
  }
}
