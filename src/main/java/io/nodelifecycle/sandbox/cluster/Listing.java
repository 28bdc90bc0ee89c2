package io.nodelifecycle.sandbox.cluster;

import io.nodelifecycle.sandbox.resource.ApiFailure;
import io.nodelifecycle.sandbox.resource.StoredObject;
import java.util.List;

/**
 * The rules of the Kubernetes API for how old a list may be and how it is cut into pages.
 *
 * @param store where the objects are
 * @param now the version of the cluster as it is
 */
record Listing(ResourceStore store, long now) {

  /** The page that is asked for. */
  ObjectPage page(ListQuery query, PageRequest request) {
    long revision = now;
    String after = "";
    if (!request.continueToken().isEmpty()) {
      if (!request.resourceVersionMatch().isEmpty()) {
        throw forbiddenMatch(
            "Forbidden: resourceVersionMatch is forbidden when continue is provided");
      }
      if (!request.resourceVersion().isEmpty() && !request.resourceVersion().equals("0")) {
        throw ApiFailure.badRequest(
            "specifying resource version is not allowed when using continue");
      }
      ContinueToken token = ContinueToken.decode(request.continueToken());
      after = token.after();
      revision = token.revision() == ContinueToken.LATEST ? now : token.revision();
      if (revision < store.log().compacted() || revision > now) {
        throw ApiFailure.expired(
            "The provided continue parameter is too old to display a consistent list result. You"
                + " can start a new list without the continue parameter, or use the continue token"
                + " in this response to retrieve the remainder of the results. Continuing with the"
                + " provided token results in an inconsistent list - objects that were created,"
                + " modified, or deleted between the time the first chunk was returned and now may"
                + " show up in the list.",
            new ContinueToken(ContinueToken.LATEST, after).encode());
      }
    } else if (isExact(request)) {
      revision = version(request.resourceVersion());
      if (revision < store.log().compacted()) {
        throw ApiFailure.expired("The resourceVersion for the provided list is too old.");
      }
    }
    long max = request.limit() == 0 ? Long.MAX_VALUE - 1 : request.limit();
    List<StoredObject> found = store.listAt(query, after, max, revision);
    if (found.size() <= max) {
      return new ObjectPage(found, revision, "");
    }
    List<StoredObject> items = List.copyOf(found.subList(0, (int) max));
    String token = new ContinueToken(revision, items.getLast().key()).encode();
    return new ObjectPage(items, revision, token);
  }

  /** Whether the list must be of just the version that is named; checks the request meanwhile. */
  private boolean isExact(PageRequest request) {
    String match = request.resourceVersionMatch();
    String asked = request.resourceVersion();
    if (!match.isEmpty() && asked.isEmpty()) {
      throw forbiddenMatch(
          "Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided");
    }
    if (!match.isEmpty() && !match.equals("Exact") && !match.equals("NotOlderThan")) {
      throw forbiddenMatch(
          "Unsupported value: supported values: \"Exact\", \"NotOlderThan\", \"\"");
    }
    if (match.equals("Exact") && asked.equals("0")) {
      throw forbiddenMatch(
          "Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
    }
    if (asked.isEmpty() || asked.equals("0")) {
      return false;
    }
    if (version(asked) > now) {
      throw ApiFailure.of(
          504,
          "Timeout",
          "Timeout: Too large resource version: %s, current: %d".formatted(asked, now));
    }
    return match.equals("Exact") || (match.isEmpty() && request.limit() > 0);
  }

  private static ApiFailure forbiddenMatch(String why) {
    return ApiFailure.unprocessable(
        "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: " + why);
  }

  /**
   * Reads a resourceVersion.
   *
   * @throws ApiFailure 400 if it is none
   */
  static long version(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw ApiFailure.badRequest(
          "Invalid value: \"%s\": resourceVersion is no number".formatted(text));
    }
    return Long.parseLong(text);
  }
}
