package io.nodelifecycle.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Says in each request who sends it, as a configuration had it that was read once. Stands in for
 * fabric8's own, which sends a request again that was refused, when its body is gone, and looks for
 * another token in whatever the kubeconfig has become. Thread-safe.
 */
final class Credentials implements Interceptor {
  private static final String HEADER = "Authorization";
  private static final int UNAUTHORIZED = 401;

  private final Config config;

  Credentials(Config config) {
    this.config = config;
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    var token = token();
    if (!isEmpty(config.getUsername()) && !isEmpty(config.getPassword())) {
      builder.setHeader(
          HEADER, HttpClientUtils.basicCredentials(config.getUsername(), config.getPassword()));
    } else if (!isEmpty(token)) {
      builder.setHeader(HEADER, "Bearer " + token);
    }
  }

  private @Nullable String token() {
    var provider = config.getOauthTokenProvider();
    if (provider != null) {
      return provider.getToken();
    }
    return isEmpty(config.getOauthToken()) ? config.getAutoOAuthToken() : config.getOauthToken();
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }

  /** Sends nothing again: whoever sent it does, or does not want it any more. */
  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
    if (response.code() == UNAUTHORIZED
        && config.getOauthTokenProvider() instanceof TokenFile file) {
      file.forget();
    }
    return CompletableFuture.completedFuture(false);
  }
}
