/**
 * Reads API objects from JSON as it arrives, straight into the records of {@code core}: what no
 * rule reads is skipped without being built.
 *
 * <p>Used by the informers and the writer. It forgives everything that an API server may send
 * (absent, null or wrongly typed fields, absurd timestamps); only an object that cannot be named is
 * refused. It knows JSON and the shape of Kubernetes objects, neither HTTP nor fabric8.
 */
@NullMarked
package io.nodelifecycle.kubernetes.mapping;

import org.jspecify.annotations.NullMarked;
