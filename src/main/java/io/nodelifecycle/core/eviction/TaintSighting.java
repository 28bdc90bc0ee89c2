package io.nodelifecycle.core.eviction;

import io.nodelifecycle.core.model.Taint;
import java.time.Instant;
import java.util.List;

/**
 * A NoExecute taint of a node, and since when it is there.
 *
 * @param taint the taint
 * @param appearedAt when it appeared
 * @param predecessors the health taints that it replaced without a gap, the latest last: countdowns
 *     that they started go on
 */
record TaintSighting(Taint taint, Instant appearedAt, List<Predecessor> predecessors) {
  /** A health taint that was replaced by the other one. */
  record Predecessor(Taint taint, Instant appearedAt, Instant replacedAt) {}
}
