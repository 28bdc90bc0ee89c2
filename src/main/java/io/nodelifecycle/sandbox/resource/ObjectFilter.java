package io.nodelifecycle.sandbox.resource;

/**
 * What a list or a watch selects.
 *
 * @param labels by labels
 * @param fields by fields
 */
public record ObjectFilter(LabelSelector labels, FieldSelector fields) {
  /** Selects everything. */
  public static final ObjectFilter ALL = new ObjectFilter(LabelSelector.ALL, FieldSelector.ALL);

  /** Whether it selects everything. */
  public boolean isEmpty() {
    return labels.isEmpty() && fields.isEmpty();
  }

  /** Whether an object is selected. */
  public boolean matches(StoredObject object) {
    return (fields.isEmpty() || fields.matches(object))
        && (labels.isEmpty() || labels.matches(object.labels()));
  }
}
