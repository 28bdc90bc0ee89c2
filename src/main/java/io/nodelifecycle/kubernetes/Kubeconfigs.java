package io.nodelifecycle.kubernetes;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kubeconfig files, read and merged as kubectl does: of what is defined twice the first counts.
 *
 * @param files where they were read from
 * @param parsed their contents, in the same order
 */
record Kubeconfigs(List<Path> files, List<Config> parsed) {
  /** Reads files that must all be there and make sense. */
  static Kubeconfigs read(List<Path> files) throws ConnectionException {
    var parsed = new ArrayList<Config>();
    for (var file : files) {
      parsed.add(read(file));
    }
    return new Kubeconfigs(List.copyOf(files), List.copyOf(parsed));
  }

  private static Config read(Path file) throws ConnectionException {
    try {
      if (Files.readString(file).isBlank()) {
        throw new ConnectionException("kubeconfig " + file + " is empty");
      }
      return KubeConfigUtils.parseConfig(file.toFile());
    } catch (AccessDeniedException _) {
      throw new ConnectionException(
          "kubeconfig " + file + " cannot be read: permission denied for this user");
    } catch (IOException e) {
      throw new ConnectionException("kubeconfig " + file + " cannot be read: " + e.getMessage());
    } catch (RuntimeException e) { // of fabric8 and of whatever parses YAML for it
      throw new ConnectionException(
          "kubeconfig " + file + " is not a valid kubeconfig: " + Causes.place(e));
    }
  }

  /** As fabric8 understands them for this context; runs an exec plugin if the user has one. */
  io.fabric8.kubernetes.client.Config merge(String contextName) {
    var config = io.fabric8.kubernetes.client.Config.empty();
    KubeConfigUtils.merge(config, contextName, parsed.toArray(Config[]::new));
    return config;
  }

  /** The context to use: the one asked for, else the current one; its cluster and user exist. */
  NamedContext context(String wanted) throws ConnectionException {
    var name = wanted.isEmpty() ? currentContext() : wanted;
    var context =
        contexts().filter(c -> name.equals(c.getName())).findFirst().map(NamedContext::getContext);
    if (context.isEmpty()) {
      throw new ConnectionException(
          "there is no context " + name + " in kubeconfig " + this + "; it has " + known());
    }
    requireParts(name, context.get());
    return new NamedContext(context.get(), name);
  }

  private void requireParts(String name, Context context) throws ConnectionException {
    var server =
        parsed.stream()
            .flatMap(config -> stream(config.getClusters()))
            .filter(cluster -> Objects.equals(cluster.getName(), context.getCluster()))
            .map(NamedCluster::getCluster)
            .filter(cluster -> cluster != null && cluster.getServer() != null)
            .map(Cluster::getServer)
            .findFirst();
    if (server.isEmpty()) {
      throw new ConnectionException(
          "context %s in kubeconfig %s names cluster %s, which is not there or has no server"
              .formatted(name, this, context.getCluster()));
    }
    ServerUrl.require(server.get(), "of cluster " + context.getCluster() + " in " + this);
    if (context.getUser() != null && user(context).isEmpty()) {
      throw new ConnectionException(
          "context %s in kubeconfig %s names user %s, which is not there"
              .formatted(name, this, context.getUser()));
    }
  }

  /** The credentials that the context names. */
  Optional<AuthInfo> user(Context context) {
    return users(context).map(NamedAuthInfo::getUser).filter(Objects::nonNull).findFirst();
  }

  /**
   * The file that defines the credentials that the context names: paths in it are relative to it.
   */
  Optional<Path> userFile(Context context) {
    for (int i = 0; i < files.size(); i++) {
      var users = stream(parsed.get(i).getUsers());
      if (users.anyMatch(user -> Objects.equals(user.getName(), context.getUser()))) {
        return Optional.of(files.get(i));
      }
    }
    return Optional.empty();
  }

  private Stream<NamedAuthInfo> users(Context context) {
    return parsed.stream()
        .flatMap(config -> stream(config.getUsers()))
        .filter(user -> Objects.equals(user.getName(), context.getUser()));
  }

  private String currentContext() throws ConnectionException {
    return parsed.stream()
        .map(Config::getCurrentContext)
        .filter(name -> name != null && !name.isEmpty())
        .findFirst()
        .orElseThrow(() ->
            new ConnectionException(
                "kubeconfig "
                    + this
                    + " has no current-context: choose one with --context; it has "
                    + known()));
  }

  private String known() {
    var names = contexts().map(NamedContext::getName).filter(Objects::nonNull).toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private Stream<NamedContext> contexts() {
    return parsed.stream().flatMap(config -> stream(config.getContexts()));
  }

  private static <T> Stream<T> stream(List<T> list) {
    return list == null ? Stream.empty() : list.stream().filter(Objects::nonNull);
  }

  /** As messages show them. */
  @Override
  public String toString() {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }
}
