/**
 * Owners and scheduler of pods: learns from the pods of any cluster which workloads there are and
 * keeps their pods' number up, on nodes that take pods.
 *
 * <p>{@link io.nodelifecycle.sandbox.workload.WorkloadKeeper} is the way in. It is called step by
 * step with the time as an argument and works from watches: a step costs what changed, however many
 * pods there are. It knows nothing of machines or of the controller.
 */
@NullMarked
package io.nodelifecycle.sandbox.workload;

import org.jspecify.annotations.NullMarked;
