package io.nodelifecycle.config;

import static io.nodelifecycle.config.SettingRegistry.CONTEXT;
import static io.nodelifecycle.config.SettingRegistry.KUBECONFIG;
import static io.nodelifecycle.config.SettingRegistry.MASTER;

import io.nodelifecycle.config.value.Parsed;
import java.io.File;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the access to the cluster: the kubeconfig that was given; else, with neither address
 * nor context given, the service account; else $KUBECONFIG; else ~/.kube/config. An address alone
 * will do. As with kubectl, files that $KUBECONFIG lists need not all exist, and where it is set
 * the one in the home folder is not looked at.
 */
final class AccessSearch {
  private static final Path TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
  private static final String HOST_VARIABLE = "KUBERNETES_SERVICE_HOST";
  private static final String PORT_VARIABLE = "KUBERNETES_SERVICE_PORT";

  private final SettingReader settings;
  private final StartEnvironment environment;
  private final List<String> lookedAt = new ArrayList<>();

  AccessSearch(SettingReader settings, StartEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** The access, or where it was looked for in vain. */
  Parsed<ClusterAccess> find() {
    var explicit = settings.get(KUBECONFIG);
    var context = settings.get(CONTEXT);
    var master = settings.get(MASTER);
    if (explicit.isPresent()) {
      return environment
          .files()
          .obstacle(explicit.get())
          .map(obstacle -> Parsed.<ClusterAccess>bad(obstacle, "name a readable kubeconfig"))
          .orElseGet(() -> kubeconfig(List.of(explicit.get()), context, master));
    }
    if (context.isEmpty() && master.isEmpty() && isInCluster()) {
      return Parsed.good(new ClusterAccess.ServiceAccount());
    }
    var files = usualFiles();
    if (!files.isEmpty()) {
      return kubeconfig(files, context, master);
    }
    if (master.isPresent() && context.isEmpty()) {
      return Parsed.good(new ClusterAccess.Anonymous(master.get()));
    }
    return Parsed.bad(
        "no access to a cluster found: " + String.join(", ", lookedAt),
        "name one with --kubeconfig=FILE");
  }

  private static Parsed<ClusterAccess> kubeconfig(
      List<Path> files, Optional<String> context, Optional<URI> master) {
    return Parsed.good(new ClusterAccess.Kubeconfig(files, context, master));
  }

  private boolean isInCluster() {
    if (environment.variable(HOST_VARIABLE).isEmpty()
        || environment.variable(PORT_VARIABLE).isEmpty()) {
      lookedAt.add("not in a cluster ($" + HOST_VARIABLE + " is not set)");
      return false;
    }
    return isUsable(TOKEN);
  }

  private List<Path> usualFiles() {
    var listed = environment.variable("KUBECONFIG");
    if (listed.isPresent()) {
      return Arrays.stream(listed.get().split(File.pathSeparator, -1))
          .filter(name -> !name.isEmpty())
          .flatMap(name -> path(name).stream())
          .filter(this::isUsable)
          .toList();
    }
    lookedAt.add("$KUBECONFIG is not set");
    var home = environment.variable("HOME");
    if (home.isEmpty()) {
      lookedAt.add("$HOME is not set");
    }
    return home
        .flatMap(this::path)
        .map(folder -> folder.resolve(".kube").resolve("config"))
        .filter(this::isUsable)
        .stream()
        .toList();
  }

  private Optional<Path> path(String name) {
    try {
      return Optional.of(Path.of(name));
    } catch (InvalidPathException _) {
      lookedAt.add("an environment variable holds something that is not a path");
      return Optional.empty();
    }
  }

  private boolean isUsable(Path file) {
    var obstacle = environment.files().obstacle(file);
    obstacle.ifPresent(reason -> lookedAt.add(file + " " + reason));
    return obstacle.isEmpty();
  }
}
