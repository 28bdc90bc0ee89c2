/**
 * Is the controller alive, and is it ready: named checks, each with a pure verdict, and the pages
 * that show them.
 *
 * <p>{@link io.nodelifecycle.serving.health.ControllerHealth} is told of announcements and answers
 * and asked for checks; {@link io.nodelifecycle.serving.health.Judgement} holds the thresholds.
 * Liveness fails only for what a restart mends: a loop that hangs, a watch that is dead while the
 * API server answers, leases that do not catch up. That the API server is away is no such reason.
 * Knows no HTTP server and no client.
 */
@NullMarked
package io.nodelifecycle.serving.health;

import org.jspecify.annotations.NullMarked;
