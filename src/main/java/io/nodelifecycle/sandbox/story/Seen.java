package io.nodelifecycle.sandbox.story;

import java.time.Duration;

/**
 * Something and when it was first seen like this.
 *
 * @param at since the beginning of the story; negative before it
 * @param what what was seen
 * @param <T> its type
 */
public record Seen<T>(Duration at, T what) {}
