package io.nodelifecycle.serving.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who sent a request.
 *
 * @param name the user's, never empty
 * @param uid empty if there is none
 * @param groups in no particular order
 * @param extra what else the authenticator said of the user, handed on to who decides
 */
public record Caller(
    String name, String uid, List<String> groups, Map<String, List<String>> extra) {
  /** Everybody who was recognized is in it. */
  public static final String AUTHENTICATED = "system:authenticated";

  /** Who is in it may do everything. */
  public static final String MASTERS = "system:masters";

  /** Who brings no credentials. */
  public static final Caller ANONYMOUS =
      new Caller("system:anonymous", List.of("system:unauthenticated"));

  /** Takes copies. */
  public Caller {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  /** A caller of whom only this is known. */
  public Caller(String name, List<String> groups) {
    this(name, "", groups, Map.of());
  }

  /** The same, in the group of all who were recognized. */
  public Caller recognized() {
    if (groups.contains(AUTHENTICATED)) {
      return this;
    }
    var all = new ArrayList<>(groups);
    all.add(AUTHENTICATED);
    return new Caller(name, uid, all, extra);
  }
}
