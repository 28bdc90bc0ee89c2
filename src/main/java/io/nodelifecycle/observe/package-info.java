/**
 * Makes the program explain itself: log lines of announcements, events with aggregation and a spam
 * limit.
 *
 * <p>Used by {@code runtime} through small ports and built by {@code Wiring}. Texts and dedupe
 * rules are pure functions; nothing here decides about nodes or pods.
 */
@NullMarked
package io.nodelifecycle.observe;

import org.jspecify.annotations.NullMarked;
