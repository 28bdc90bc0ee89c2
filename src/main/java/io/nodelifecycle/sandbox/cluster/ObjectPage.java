package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.StoredObject;
import java.util.List;

/**
 * A list, or one page of it.
 *
 * @param items the objects, ordered by namespace and name
 * @param resourceVersion the version of the cluster at which the list is true
 * @param continueToken what to ask for the next page with; empty if this is the last
 */
public record ObjectPage(List<StoredObject> items, long resourceVersion, String continueToken) {}
