/**
 * The three ways to patch an object that the in-memory Kubernetes API understands: JSON merge
 * patch, strategic merge patch and JSON patch. Pure functions over JSON trees: a patch is applied
 * to an object and gives another one. They must not know what is stored, who asks, or HTTP.
 */
@NullMarked
package io.nodelifecycle.sandbox.patch;

import org.jspecify.annotations.NullMarked;
