/**
 * The house style as tests: format, sizes, words, and which package may use which.
 *
 * <p>They read the sources and the compiled classes of the whole project. Nothing uses this
 * package; it must not know what the program does.
 */
@NullMarked
package io.nodelifecycle.style;

import org.jspecify.annotations.NullMarked;
