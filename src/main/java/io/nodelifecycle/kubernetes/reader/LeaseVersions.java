package io.nodelifecycle.kubernetes.reader;

import io.nodelifecycle.core.model.Resource;
import io.nodelifecycle.kubernetes.http.ApiFailure;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.kubernetes.mapping.ListBody;
import io.nodelifecycle.kubernetes.mapping.ResourceMapper;
import io.nodelifecycle.kubernetes.mapping.SharedValues;
import java.util.HashMap;
import java.util.Map;

/** Reads of a list of leases what counts: the version of each, while it arrives. */
final class LeaseVersions {
  private final ResourceMapper lease;
  private final Map<String, String> versions = new HashMap<>();
  private boolean isReadable = true;

  private LeaseVersions(JsonCursor json) {
    lease = ResourceMapper.of(Resource.LEASES, json, new SharedValues(false));
  }

  /**
   * The versions by the leases' names.
   *
   * @throws ApiFailure if what is read is not a whole list: a lease that is not in it must not
   *     exist. No limit was asked for; an answer that is cut off nevertheless proves nothing.
   */
  static Map<String, String> read(JsonCursor json, String server) throws ApiFailure {
    var leases = new LeaseVersions(json);
    var list = ListBody.read(json, leases::readItem);
    if (!list.isList() || !list.continueToken().isEmpty() || !leases.isReadable) {
      throw ApiFailure.unanswered("the answer of " + server + " is no whole list of leases");
    }
    return leases.versions;
  }

  private void readItem() {
    lease.read();
    if (lease.problem().isPresent()) {
      isReadable = false;
    } else {
      versions.put(lease.displayName(), lease.resourceVersion());
    }
  }
}
