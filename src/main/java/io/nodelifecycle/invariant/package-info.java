/**
 * What must never happen, written once: rules that are checked after every step by the simulation,
 * by the property tests of the core and by the sandbox.
 *
 * <p>{@link io.nodelifecycle.invariant.Invariants} is told facts: what the API server holds, what
 * each controller process was shown, decided, sent, and what of it was carried out. From these it
 * rebuilds what a process could know and judges by that, without slack. Of a process that nobody
 * reports only what is carried out is judged, by all that it may have known. The rules follow the
 * documented behaviour of Kubernetes and of this project and share no code with what decides: they
 * use its observations, actions and records, and compute everything else by themselves.
 *
 * <p>It must not know who calls it, real time or files, and it never throws for odd input.
 */
@NullMarked
package io.nodelifecycle.invariant;

import org.jspecify.annotations.NullMarked;
