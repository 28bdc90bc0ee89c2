package io.nodelifecycle.kubernetes.reader;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.kubernetes.mapping.ResourceMapper;
import io.nodelifecycle.kubernetes.mapping.SharedValues;
import java.util.HashMap;
import java.util.Map;

/** Reads of a list of leases what counts: the version of each, while it arrives. */
final class LeaseVersions {
  private final JsonCursor json;
  private final ResourceMapper lease;
  private final Map<String, String> versions = new HashMap<>();
  private String kind = "";
  private boolean hasItems;
  private boolean isWhole = true;

  private LeaseVersions(JsonCursor json) {
    this.json = json;
    lease = ResourceMapper.of(Resource.LEASES, json, new SharedValues(false));
  }

  /**
   * The versions by the leases' names.
   *
   * @throws ApiFailure if what is read is not a whole list: a lease that is not in it must not
   *     exist
   */
  static Map<String, String> read(JsonCursor json, String server) throws ApiFailure {
    var list = new LeaseVersions(json);
    json.object(list::readField);
    if (!list.kind.endsWith("List") || !list.hasItems || !list.isWhole) {
      throw ApiFailure.unanswered("the answer of " + server + " is no whole list of leases");
    }
    return list.versions;
  }

  private void readField(String field) {
    switch (field) {
      case "kind" -> kind = json.text();
      case "metadata" -> json.object(this::readMetadata);
      case "items" -> {
        hasItems = json.isArrayOrNull();
        json.array(this::readItem);
      }
      default -> json.skip();
    }
  }

  /** No limit was asked for; an answer that is cut off nevertheless proves nothing. */
  private void readMetadata(String field) {
    if (field.equals("continue")) {
      isWhole &= json.text().isEmpty();
    } else {
      json.skip();
    }
  }

  private void readItem() {
    lease.read();
    if (lease.problem().isPresent()) {
      isWhole = false;
    } else {
      versions.put(lease.displayName(), lease.resourceVersion());
    }
  }
}
