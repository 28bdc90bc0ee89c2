/**
 * Several replicas of the program on a real API server, of which one acts.
 *
 * <p>Each replica is a process with a user of its own, so that the audit log of the API server says
 * who wrote what and when. Leaders are killed, stopped for longer than their lease is good for, and
 * asked to end; what comes of it is held against what would have come of it undisturbed.
 */
@NullMarked
package io.nodelifecycle.election;

import org.jspecify.annotations.NullMarked;
