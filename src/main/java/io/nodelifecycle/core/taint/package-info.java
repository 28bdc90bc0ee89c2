/**
 * Which taints a node should carry, and the difference to those it carries; likewise for the labels
 * that are copies of others.
 *
 * <p>Called by {@code core.NodeLifecycle}. Pure; it owns the one table from conditions to taints
 * and knows nothing of rates or of pods.
 */
@NullMarked
package io.nodelifecycle.core.taint;

import org.jspecify.annotations.NullMarked;
