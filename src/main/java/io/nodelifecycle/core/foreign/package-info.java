/**
 * Notices that another controller manager writes the same conditions and taints of nodes.
 *
 * <p>Compares what a watch shows with what this process has sent. A false alarm costs trust, so
 * that only such changes count as a node lifecycle controller makes: a condition that became
 * Unknown without a heartbeat, a taint that came or went as conditions say. Owned by the deciding
 * part, whose thread it runs on; nothing is decided by it.
 */
@NullMarked
package io.nodelifecycle.core.foreign;

import org.jspecify.annotations.NullMarked;
