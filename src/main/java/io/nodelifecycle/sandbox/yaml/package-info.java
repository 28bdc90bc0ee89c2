/**
 * YAML as people write it by hand: values that know their file, line and path, so that every
 * mistake can be named where it is, all of them at once.
 *
 * <p>Readers of stories and of other scripts call it. It knows no format of its own.
 */
@NullMarked
package io.nodelifecycle.sandbox.yaml;

import org.jspecify.annotations.NullMarked;
