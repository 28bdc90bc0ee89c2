package io.nodelifecycle.sandbox.story;

import io.nodelifecycle.core.model.Toleration;
import java.util.List;

/**
 * Pods of one kind, all alike.
 *
 * @param name what they are called after; their label {@code app}
 * @param perNode how many of them each node has at the beginning, at least 0
 * @param owner who replaces them
 * @param tolerations what they tolerate, in this order
 */
public record PodKind(String name, int perNode, Owner owner, List<Toleration> tolerations) {

  /** Who replaces pods that are deleted. */
  public enum Owner {
    /** A pod that is deleted is replaced on another node. */
    DEPLOYMENT("deployment"),
    /** Each node has its own, whatever happens to it. */
    DAEMONSET("daemonset"),
    /** Nobody. */
    NONE("none");

    private final String word;

    Owner(String word) {
      this.word = word;
    }

    /** As stories spell it. */
    public String word() {
      return word;
    }
  }

  /** Takes a copy. */
  public PodKind {
    tolerations = List.copyOf(tolerations);
  }

  /** The same with another number of pods. */
  public PodKind times(int count) {
    return new PodKind(name, count, owner, tolerations);
  }
}
