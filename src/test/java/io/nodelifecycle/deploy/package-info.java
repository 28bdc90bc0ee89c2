/**
 * What is in the folder {@code deploy}: whether an API server takes it, and whether the program may
 * do with it what it has to do, and nothing else.
 *
 * <p>The roles are measured rather than read: a {@link io.nodelifecycle.deploy.Course} needs every
 * permission once, and the audit log of the API server says which were used.
 */
@NullMarked
package io.nodelifecycle.deploy;

import org.jspecify.annotations.NullMarked;
