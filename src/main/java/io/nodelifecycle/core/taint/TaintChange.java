package io.nodelifecycle.core.taint;

import io.nodelifecycle.core.model.Taint;
import java.util.List;

/**
 * The difference between the taints that a node carries and those it should carry.
 *
 * @param taints all that it should carry, foreign ones included
 * @param added those that are new
 * @param removed those that have to go
 */
public record TaintChange(List<Taint> taints, List<Taint> added, List<Taint> removed) {
  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty();
  }
}
