/**
 * Objects as rows for people: the columns that kubectl prints, which the API server renders and not
 * kubectl. {@link io.nodelifecycle.sandbox.table.Table} is the way in; it is used by the HTTP face
 * only. It must not know requests, nor what else is stored.
 */
@NullMarked
package io.nodelifecycle.sandbox.table;

import org.jspecify.annotations.NullMarked;
