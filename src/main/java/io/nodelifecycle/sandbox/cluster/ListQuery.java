package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.ObjectFilter;
import io.nodelifecycle.sandbox.resource.ResourceType;

/**
 * What to list or to watch.
 *
 * @param type objects of this type
 * @param namespace in this namespace; empty for all
 * @param filter that this filter selects
 */
public record ListQuery(ResourceType type, String namespace, ObjectFilter filter) {

  /** Every object of a type. */
  public static ListQuery all(ResourceType type) {
    return new ListQuery(type, "", ObjectFilter.ALL);
  }
}
