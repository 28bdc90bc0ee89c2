package io.nodelifecycle.kubernetes.review;

import io.nodelifecycle.kubernetes.http.ApiExchange;
import io.nodelifecycle.kubernetes.mapping.JsonCursor;
import io.nodelifecycle.serving.review.ClusterAuthorities;
import io.nodelifecycle.serving.review.ReviewException;
import java.util.concurrent.atomic.AtomicReference;

/** Reads which authorities the cluster believes about client certificates. Thread-safe. */
public final class AuthorityReader implements ClusterAuthorities {
  private static final String PATH =
      "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication";
  private static final String PERMISSION =
      "verb get on resource configmaps in namespace kube-system, as Role"
          + " extension-apiserver-authentication-reader gives it";

  private final ReviewExchange exchange;

  /** Reads through this transport. */
  public AuthorityReader(ApiExchange transport) {
    this.exchange = new ReviewExchange(transport);
  }

  @Override
  public String pem() throws ReviewException, InterruptedException {
    var pem = new AtomicReference<>("");
    exchange.get(PATH, PERMISSION, json -> json.object(field -> readField(field, json, pem)));
    return pem.get();
  }

  private static void readField(String field, JsonCursor json, AtomicReference<String> pem) {
    if (field.equals("data")) {
      json.object(key -> {
        if (key.equals("client-ca-file")) {
          pem.set(json.text());
        } else {
          json.skip();
        }
      });
    } else {
      json.skip();
    }
  }
}
