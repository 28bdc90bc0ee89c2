package io.nodelifecycle.runtime.dryrun;

import io.nodelifecycle.core.Action.Write;

/**
 * A write that was decided, whose turn had come and that would have been carried out.
 *
 * @param write what would be written
 * @param why what it follows from, for people
 */
public record WouldBeWrite(Write write, String why) {}
