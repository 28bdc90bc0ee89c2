package io.nodelifecycle.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How the API server is found and who the program is there. */
public sealed interface ClusterAccess {

  /** With the service account of the pod that the program runs in. */
  record ServiceAccount() implements ClusterAccess {}

  /**
   * As a kubeconfig says.
   *
   * @param files at least one, all readable when looked at; where several define the same, the
   *     first counts
   * @param context to use instead of the current one
   * @param master address to use instead of the context's
   */
  record Kubeconfig(List<Path> files, Optional<String> context, Optional<URI> master)
      implements ClusterAccess {

    /** Takes a copy of the files. */
    public Kubeconfig {
      files = List.copyOf(files);
    }
  }

  /** At an address, as nobody in particular. */
  record Anonymous(URI master) implements ClusterAccess {}
}
