package io.nodelifecycle.core.model;

import java.util.Set;

/** The node labels that rules read, as Kubernetes documents them. */
public final class NodeLabels {
  /** The region, by the older label, which wins where both exist. */
  public static final String REGION_BETA = "failure-domain.beta.kubernetes.io/region";

  /** The zone, by the older label, which wins where both exist. */
  public static final String ZONE_BETA = "failure-domain.beta.kubernetes.io/zone";

  /** The region. */
  public static final String REGION = "topology.kubernetes.io/region";

  /** The zone within the region. */
  public static final String ZONE = "topology.kubernetes.io/zone";

  /** The operating system. */
  public static final String OS = "kubernetes.io/os";

  /** The operating system, by the older label. */
  public static final String OS_BETA = "beta.kubernetes.io/os";

  /** The processor architecture. */
  public static final String ARCH = "kubernetes.io/arch";

  /** The processor architecture, by the older label. */
  public static final String ARCH_BETA = "beta.kubernetes.io/arch";

  /** A node that carries it, with any value, is not counted when its zone's state is computed. */
  public static final String EXCLUDE_DISRUPTION = "node.kubernetes.io/exclude-disruption";

  /** All of them: what the boundary keeps of a node's labels. */
  public static final Set<String> ALL =
      Set.of(
          REGION_BETA, ZONE_BETA, REGION, ZONE, OS, OS_BETA, ARCH, ARCH_BETA, EXCLUDE_DISRUPTION);

  private NodeLabels() {}
}
