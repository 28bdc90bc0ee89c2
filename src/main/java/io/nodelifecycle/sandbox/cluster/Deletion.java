package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.StoredObject;

/**
 * What came of a deletion.
 *
 * @param object the last state of the object
 * @param isRemoved whether it is gone; otherwise it is terminating
 */
public record Deletion(StoredObject object, boolean isRemoved) {}
