/**
 * The packaged program beside other controllers that judge the same nodes: in a dry run, where it
 * must change nothing and still show what it would do, and acting, where it must notice the others.
 *
 * <p>On a real control plane; the other one is the program itself or the reference.
 */
@NullMarked
package io.nodelifecycle.coexistence;

import org.jspecify.annotations.NullMarked;
