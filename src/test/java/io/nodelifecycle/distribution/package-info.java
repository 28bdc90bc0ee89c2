/**
 * What is given away: the archive and the container image, each with a Java of its own.
 *
 * <p>The archive runs here with an empty environment, where no Java is to be found. The image is
 * taken apart without any container engine, and its entry point runs as its user, with a root
 * folder that nobody can write to; that needs the rights to mount. Both are made by a full build
 * only, so that these tests do not run with {@code -Dquick}.
 *
 * <p>Without {@code -Pimage} the image has no base, since a registry would be asked for it; the C
 * library comes from this machine then.
 */
@NullMarked
package io.nodelifecycle.distribution;

import org.jspecify.annotations.NullMarked;
