package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.SendEvent;
import java.time.Instant;

/**
 * An event object as it is to be written.
 *
 * @param event what it says
 * @param name the object's name: {@code <involved name>.<suffix>}, valid as an object name
 * @param count how often it was seen
 * @param firstTimestamp when it was first seen, wall clock
 * @param lastTimestamp when it was last seen, wall clock
 * @param isRepeat the object was written before: its count and lastTimestamp change
 */
public record EventPost(
    SendEvent event,
    String name,
    int count,
    Instant firstTimestamp,
    Instant lastTimestamp,
    boolean isRepeat) {}
