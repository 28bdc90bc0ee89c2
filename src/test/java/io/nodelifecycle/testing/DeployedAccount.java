package io.nodelifecycle.testing;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The ServiceAccount of {@code deploy/base}, with the roles that are written there. */
public final class DeployedAccount {
  /** As which user the API server knows it. */
  public static final String USER = "system:serviceaccount:kube-system:node-lifecycle-controller";

  /** Where the manifests are. */
  public static final Path MANIFESTS = Path.of("deploy", "base");

  private static final Set<String> KINDS =
      Set.of("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");
  private static final String ACCOUNTS = "/api/v1/namespaces/kube-system/serviceaccounts";
  private static final String SCRAPER = "scraper";

  private DeployedAccount() {}

  /** Its manifests: the account, roles and bindings. */
  public static List<Manifest> manifests() {
    return Manifest.in(MANIFESTS).stream()
        .filter(manifest -> KINDS.contains(manifest.kind()))
        .toList();
  }

  /** Creates it on a control plane, which should go by RBAC. */
  public static void install(ControlPlane plane) {
    manifests().forEach(each -> plane.admin().post(each.collection(), each.object()).orThrow());
  }

  /** A new token of it, good for hours, which its control plane issues. */
  public static String token(ControlPlane plane) {
    return token(plane, "node-lifecycle-controller");
  }

  /**
   * Creates the account of somebody who collects metrics, bound to the role that is deployed for
   * that.
   */
  public static void installScraper(ControlPlane plane) {
    var account = "{\"metadata\": {\"name\": \"%s\"}}".formatted(SCRAPER);
    plane.admin().post(ACCOUNTS, ApiClient.json(account)).orThrow();
    var binding =
        """
        {"metadata": {"name": "scraper"},
         "subjects": [{"kind": "ServiceAccount", "namespace": "kube-system", "name": "scraper"}],
         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
           "name": "node-lifecycle-controller-read-metrics"}}
        """;
    plane
        .admin()
        .post("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", ApiClient.json(binding))
        .orThrow();
  }

  /** A new token of who collects metrics. */
  public static String scraperToken(ControlPlane plane) {
    return token(plane, SCRAPER);
  }

  private static String token(ControlPlane plane, String account) {
    var request =
        ApiClient.json(
            """
            {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
             "spec": {"audiences": [], "expirationSeconds": 43200}}
            """);
    return plane
        .admin()
        .post(ACCOUNTS + "/" + account + "/token", request)
        .orThrow()
        .at("/status/token")
        .asString();
  }

  /** A kubeconfig file that holds such a token and no other credentials. */
  public static Path kubeconfig(ControlPlane plane) {
    return plane.kubeconfigWithToken(token(plane));
  }
}
