package io.nodelifecycle.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.AuditLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** From when until when each replica has acted, as the API server saw it. */
final class Terms {
  private final Map<String, Term> byUser;

  private Terms(Map<String, Term> byUser) {
    this.byUser = byUser;
  }

  /** From the first write that was received to the last that was answered. */
  private record Term(Instant first, Instant last) {
    Term with(Term other) {
      return new Term(
          other.first.isBefore(first) ? other.first : first,
          other.last.isAfter(last) ? other.last : last);
    }
  }

  /** Everything that was written so far, but the lease. */
  static Terms of(AuditLog audit) {
    var terms = new HashMap<String, Term>();
    for (var request : audit.all()) {
      if (request.isWrite() && !request.path().startsWith(Replicas.LEASE_PATH)) {
        terms.merge(request.user(), new Term(request.received(), request.answered()), Term::with);
      }
    }
    return new Terms(terms);
  }

  /** Nobody writes before all that another has written is answered, and nobody comes back. */
  void assertApart() {
    var inOrder = new ArrayList<>(byUser.values());
    inOrder.sort((one, other) -> one.first.compareTo(other.first));
    for (var i = 1; i < inOrder.size(); i++) {
      assertThat(inOrder.get(i).first).as("terms %s", byUser).isAfter(inOrder.get(i - 1).last);
    }
    assertThat(byUser).isNotEmpty();
  }

  /** How many have acted. */
  int count() {
    return byUser.size();
  }
}
