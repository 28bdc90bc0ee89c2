package io.nodelifecycle.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The leases that the watch has shown: what of them is needed. */
final class LeaseTable {
  private final Map<String, Lease> leases = new HashMap<>();

  private record Lease(String resourceVersion, int generation) {}

  /**
   * A lease was seen.
   *
   * @param generation the current list's number
   */
  void seen(String nodeName, String resourceVersion, int generation) {
    leases.put(nodeName, new Lease(resourceVersion, generation));
  }

  /** The version of a node's lease, null if none was seen. */
  @Nullable String version(String nodeName) {
    var lease = leases.get(nodeName);
    return lease == null ? null : lease.resourceVersion;
  }

  /** A lease was deleted. */
  void gone(String nodeName) {
    leases.remove(nodeName);
  }

  /** The nodes whose leases are not in the list of this number. */
  List<String> missingIn(int generation) {
    var missing = new ArrayList<String>();
    leases.forEach((name, lease) -> {
      if (lease.generation != generation) {
        missing.add(name);
      }
    });
    return missing;
  }

  /** How many are kept. */
  int size() {
    return leases.size();
  }
}
