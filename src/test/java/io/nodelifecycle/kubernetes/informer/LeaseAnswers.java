package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.kubernetes.http.ScriptedServer.Step;
import java.util.Arrays;

/** What an API server says about leases, in its words. */
final class LeaseAnswers {
  private LeaseAnswers() {}

  static Step list(String version, String continueToken, String... names) {
    var items = Arrays.stream(names).map(name -> lease(name, "80")).toList();
    return answer ->
        answer.complete(
            200,
            """
            {"kind": "LeaseList", "metadata": {"resourceVersion": "%s", "continue": "%s"},
             "items": [%s]}
            """
                .formatted(version, continueToken, String.join(",", items)));
  }

  static String lease(String name, String version) {
    return """
    {"metadata": {"name": "%s", "uid": "u", "resourceVersion": "%s",
     "managedFields": [{"f:a": {"x": ["x"]}}]}, "spec": {"holderIdentity": "x"}}\
    """
        .formatted(name, version);
  }

  static String event(String type, String name, String version) {
    return "{\"type\":\"%s\",\"object\":%s}\n".formatted(type, lease(name, version));
  }

  static String large(int mebibytes, String name, String version) {
    var filler = "x".repeat(mebibytes << 20);
    return event("ADDED", name, version)
        .replace("\"f:a\"", "\"" + "f\":\"" + filler + "\",\"f:a\"");
  }

  static String bookmark(String version) {
    return "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"%s\"}}}\n"
        .formatted(version);
  }

  static String error(int code) {
    return "{\"type\":\"ERROR\",\"object\":%s}\n".formatted(status(code, "told so"));
  }

  static String status(int code, String message) {
    return "{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"%s\",\"code\":%d}"
        .formatted(message, code);
  }
}
