package io.nodelifecycle.kubernetes.review;

import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.serving.review.AccessVerdict;
import io.nodelifecycle.serving.review.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The status of a review; what is missing or of another type counts as a no. */
final class ReviewAnswer {
  private boolean isAuthenticated;
  private boolean isAllowed;
  private boolean isDenied;
  private String reason = "";
  private String name = "";
  private String uid = "";
  private List<String> groups = List.of();
  private final Map<String, List<String>> extra = new LinkedHashMap<>();

  /** Reads the object that the cursor stands on. */
  void read(JsonCursor json) {
    json.object(field -> {
      if (field.equals("status")) {
        json.object(each -> readStatus(each, json));
      } else {
        json.skip();
      }
    });
  }

  /** Who was recognized; empty if nobody was. */
  Optional<Caller> caller() {
    return isAuthenticated && !name.isEmpty()
        ? Optional.of(new Caller(name, uid, groups, extra))
        : Optional.empty();
  }

  /** Whether it is allowed. */
  AccessVerdict access() {
    return new AccessVerdict(isAllowed && !isDenied, reason);
  }

  private void readStatus(String field, JsonCursor json) {
    switch (field) {
      case "authenticated" -> isAuthenticated = json.isTrue();
      case "allowed" -> isAllowed = json.isTrue();
      case "denied" -> isDenied = json.isTrue();
      case "reason" -> reason = json.text();
      case "user" -> json.object(each -> readUser(each, json));
      default -> json.skip();
    }
  }

  private void readUser(String field, JsonCursor json) {
    switch (field) {
      case "username" -> name = json.text();
      case "uid" -> uid = json.text();
      case "groups" -> groups = texts(json);
      case "extra" -> json.object(key -> extra.put(key, texts(json)));
      default -> json.skip();
    }
  }

  private static List<String> texts(JsonCursor json) {
    var texts = new ArrayList<String>();
    json.array(() -> texts.add(json.text()));
    return List.copyOf(texts);
  }
}
