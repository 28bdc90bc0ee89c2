package io.nodelifecycle.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An admission webhook of a real API server that denies the deletion of some pods a number of
 * times.
 */
public final class DenyingWebhook implements AutoCloseable {
  private static final String CONFIGURATIONS =
      "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";

  private final ControlPlane plane;
  private final LocalServer server;
  private final Map<String, Denial> denials = new ConcurrentHashMap<>();
  private final Map<String, Integer> denied = new ConcurrentHashMap<>();

  private record Denial(int code, int times) {}

  private DenyingWebhook(ControlPlane plane) {
    this.plane = plane;
    this.server = LocalServer.start(plane.authority(), this::answer);
  }

  /** Starts one and tells the API server of it; it denies nothing yet. */
  public static DenyingWebhook start(ControlPlane plane) {
    var webhook = new DenyingWebhook(plane);
    webhook.register();
    return webhook;
  }

  /** From now on the deletion of the pod is denied with this HTTP status, so many times. */
  public void deny(String pod, int code, int times) {
    denials.put(pod, new Denial(code, times));
  }

  /** How often the deletion of the pod was denied. */
  public int denied(String pod) {
    return denied.getOrDefault(pod, 0);
  }

  private void register() {
    var authority =
        Base64.getEncoder()
            .encodeToString(plane.authority().certificatePem().getBytes(StandardCharsets.US_ASCII));
    var configuration =
        """
        {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
         "metadata": {"name": "denying"},
         "webhooks": [{"name": "denying.example.com", "sideEffects": "None",
           "admissionReviewVersions": ["v1"], "failurePolicy": "Fail", "timeoutSeconds": 5,
           "clientConfig": {"url": "%s/", "caBundle": "%s"},
           "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["DELETE"],
             "resources": ["pods"]}]}]}\
        """
            .formatted(server.address(), authority);
    plane.admin().post(CONFIGURATIONS, ApiClient.json(configuration)).orThrow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = JsonMapper.shared().readTree(exchange.getRequestBody()).path("request");
      var body = review(request).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String review(JsonNode request) {
    var review =
        JsonMapper.shared()
            .createObjectNode()
            .put("apiVersion", "admission.k8s.io/v1")
            .put("kind", "AdmissionReview");
    var response = review.putObject("response").put("uid", request.path("uid").asString());
    var pod = request.path("name").asString();
    var denial = denials.getOrDefault(pod, new Denial(0, 0));
    // The API server asks again and again only as often as it is asked to delete.
    var isDenied = denied.merge(pod, 1, Integer::sum) <= denial.times;
    response.put("allowed", !isDenied);
    if (isDenied) {
      response.putObject("status").put("code", denial.code).put("message", "denied by a test");
    } else {
      denied.merge(pod, -1, Integer::sum);
    }
    return review.toString();
  }

  /** Takes it out of the API server first. */
  @Override
  public void close() {
    try {
      plane.admin().delete(CONFIGURATIONS + "/denying");
    } catch (UncheckedIOException _) {
      // The API server is gone, and the configuration with it.
    } finally {
      server.close();
    }
  }
}
