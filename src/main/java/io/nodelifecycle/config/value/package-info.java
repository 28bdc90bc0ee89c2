/**
 * How the text of one setting becomes a value: durations as Go writes them, numbers, booleans,
 * names, paths. A value type knows its unit, what it refuses and what to do about it, and writes a
 * value back the way it is read.
 *
 * <p>The registry of settings is built from these types. This package knows no setting, no command
 * line, no file and no environment; everything in it is a pure function of its arguments.
 */
@NullMarked
package io.nodelifecycle.config.value;

import org.jspecify.annotations.NullMarked;
