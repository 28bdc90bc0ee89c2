package io.nodelifecycle.sandbox.truth;

import java.time.Instant;

/**
 * A rule that a request broke.
 *
 * @param rule its name
 * @param sentence what must be
 * @param subject the object that it was broken for
 * @param at when, on the monotonic time line
 * @param text what happened
 */
public record BrokenRule(String rule, String sentence, String subject, Instant at, String text) {}
