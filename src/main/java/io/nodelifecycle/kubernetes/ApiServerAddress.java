package io.nodelifecycle.kubernetes;

import java.util.Map;
import java.util.Optional;

/**
 * Where the user says that the API server is.
 *
 * @param kubeconfig path of a kubeconfig; empty: in-cluster, else $KUBECONFIG, else ~/.kube/config
 * @param master URL that replaces the server's address of whatever was found, empty if not given
 * @param context name of a kubeconfig's context, empty for its current-context
 * @param environment the process's environment variables
 */
public record ApiServerAddress(
    String kubeconfig, String master, String context, Map<String, String> environment) {
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
