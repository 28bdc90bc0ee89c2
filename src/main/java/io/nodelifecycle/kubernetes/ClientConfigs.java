package io.nodelifecycle.kubernetes;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.nodelifecycle.runtime.TimeSource;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out how to reach the API server: by flags, in-cluster, or from a kubeconfig. */
final class ClientConfigs {
  static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");
  private static final Pattern HOST = Pattern.compile("(?=.*[0-9a-zA-Z])[0-9a-zA-Z.:/-]+");

  private final ApiServerAddress address;
  private final Path serviceAccount;
  private final TimeSource time;

  ClientConfigs(ApiServerAddress address, Path serviceAccount, TimeSource time) {
    this.address = address;
    this.serviceAccount = serviceAccount;
    this.time = time;
  }

  /**
   * How to reach it.
   *
   * @param config for fabric8
   * @param hasPlugin whether it lives on tokens of a plugin, which fabric8 renews
   */
  record Found(Config config, boolean hasPlugin) {}

  /**
   * The configuration for fabric8: retries off, HTTP/1.1 (a dead HTTP/2 connection would be used
   * for ever, a dead HTTP/1.1 connection is given up with the request that failed on it).
   */
  Found find(String userAgent) throws ConnectionException {
    var master = address.master().isEmpty() ? "" : masterUrl(address.master());
    var found = locate();
    var builder =
        new ConfigBuilder(found.config())
            .withRequestRetryBackoffLimit(0)
            .withConnectionTimeout((int) CONNECT_TIMEOUT.toMillis())
            .withRequestTimeout((int) REQUEST_TIMEOUT.toMillis())
            .withHttp2Disable(true)
            .withUserAgent(userAgent);
    if (!master.isEmpty()) {
      builder.withMasterUrl(master);
    }
    proxies(found.config(), builder);
    var config = builder.build();
    Certificates.check(config, time.wallClock());
    return new Found(config, found.hasPlugin());
  }

  private Found locate() throws ConnectionException {
    if (!address.kubeconfig().isEmpty()) {
      return fromFiles(List.of(existing(address.kubeconfig(), "--kubeconfig")));
    }
    // As in client-go: whoever names a server does not mean to send it this cluster's token.
    if (address.context().isEmpty() && address.master().isEmpty() && isInCluster()) {
      return new Found(inCluster(), false);
    }
    var named = address.variable("KUBECONFIG");
    if (named.isPresent()) {
      return fromFiles(listed(named.get()));
    }
    var home = home();
    if (home.isPresent() && Files.exists(home.get())) {
      return fromFiles(List.of(home.get()));
    }
    if (!address.master().isEmpty() && address.context().isEmpty()) {
      return new Found(Config.empty(), false);
    }
    throw new ConnectionException(
        "no API server is configured: looked in-cluster (KUBERNETES_SERVICE_HOST is not set or "
            + serviceAccount.resolve("token")
            + " is missing), at $KUBECONFIG (not set) and "
            + home.map(Path::toString).orElse("~/.kube/config (HOME is not set)")
            + " (not there): give --kubeconfig or --master");
  }

  private boolean isInCluster() {
    return address.variable("KUBERNETES_SERVICE_HOST").isPresent()
        && Files.exists(serviceAccount.resolve("token"));
  }

  private Config inCluster() throws ConnectionException {
    var host = address.variable("KUBERNETES_SERVICE_HOST").orElseThrow();
    var port = address.variable("KUBERNETES_SERVICE_PORT").orElse("443");
    var bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    var server = "https://" + bracketed + ":" + port;
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(ServerUrl.require(server, "(KUBERNETES_SERVICE_HOST)"))
        .withCaCertFile(serviceAccount.resolve("ca.crt").toString())
        .withOauthTokenProvider(new TokenFile(serviceAccount.resolve("token"), time).checked())
        .build();
  }

  private Found fromFiles(List<Path> files) throws ConnectionException {
    var kubeconfigs = Kubeconfigs.read(files);
    var context = kubeconfigs.context(address.context());
    var config = kubeconfigs.merge(context.getName());
    var user = kubeconfigs.user(context.getContext());
    if (user.isPresent() && !isEmpty(user.get().getTokenFile())) {
      // Even if there is a token, as in client-go: the file is replaced, the kubeconfig is not.
      var file = Path.of(user.get().getTokenFile());
      var folder = kubeconfigs.userFile(context.getContext()).map(Path::toAbsolutePath);
      var resolved = folder.map(path -> path.resolveSibling(file)).orElse(file);
      config.setOauthTokenProvider(new TokenFile(resolved, time).checked());
    } else if (user.isPresent() && user.get().getExec() != null && lacksCredentials(config)) {
      throw new ConnectionException(
          "the exec plugin "
              + user.get().getExec().getCommand()
              + " of kubeconfig "
              + kubeconfigs
              + " gave no credentials: run it by hand to see why");
    }
    return new Found(config, user.filter(each -> isByPlugin(each, config)).isPresent());
  }

  /** What is written down goes before what a plugin says; fabric8 renews nothing but tokens. */
  private static boolean isByPlugin(AuthInfo user, Config config) {
    return config.getOauthTokenProvider() == null
        && isEmpty(user.getToken())
        && (user.getAuthProvider() != null
            || (user.getExec() != null && !isEmpty(config.getAutoOAuthToken())));
  }

  private static boolean lacksCredentials(Config config) {
    return isEmpty(config.getAutoOAuthToken())
        && isEmpty(config.getOauthToken())
        && isEmpty(config.getClientCertData())
        && isEmpty(config.getClientCertFile());
  }

  private static boolean isEmpty(String text) {
    return text == null || text.isEmpty();
  }

  /** Like kubectl, files of the list that are not there are left out, as long as one is there. */
  private static List<Path> listed(String variable) throws ConnectionException {
    var files = new ArrayList<Path>();
    for (var name : variable.split(Pattern.quote(File.pathSeparator))) {
      if (!name.isBlank() && Files.exists(Path.of(name))) {
        files.add(Path.of(name));
      }
    }
    if (files.isEmpty()) {
      throw new ConnectionException("none of the files in $KUBECONFIG exists: " + variable);
    }
    return files;
  }

  private static Path existing(String name, String origin) throws ConnectionException {
    var file = Path.of(name);
    if (!Files.exists(file)) {
      throw new ConnectionException("kubeconfig " + file + " (" + origin + ") does not exist");
    }
    if (Files.isDirectory(file)) {
      throw new ConnectionException("kubeconfig " + file + " (" + origin + ") is a folder");
    }
    return file;
  }

  private Optional<Path> home() {
    return address.variable("HOME").map(home -> Path.of(home, ".kube", "config"));
  }

  private static String masterUrl(String master) throws ConnectionException {
    var url = master.contains("://") ? master : "https://" + master;
    return ServerUrl.require(url, "(--master)");
  }

  /** The kubeconfig's proxy-url if it has one, else the variables that every HTTP client knows. */
  private void proxies(Config found, ConfigBuilder builder) {
    var own = isEmpty(found.getHttpsProxy()) ? found.getHttpProxy() : found.getHttpsProxy();
    if (!isEmpty(own)) {
      // fabric8 keeps it by the proxy's own scheme and looks for it by the server's.
      builder.withHttpsProxy(own).withHttpProxy(own);
      return;
    }
    var listed = either("NO_PROXY").map(SEPARATOR::splitAsStream).orElseGet(Stream::empty).toList();
    if (listed.contains("*")) {
      return;
    }
    either("HTTPS_PROXY").or(() -> either("ALL_PROXY")).ifPresent(builder::withHttpsProxy);
    either("HTTP_PROXY").or(() -> either("ALL_PROXY")).ifPresent(builder::withHttpProxy);
    builder.withNoProxy(hosts(listed));
  }

  /** Those that fabric8 understands; it would refuse to start for others, and take "" for all. */
  private static String[] hosts(List<String> listed) {
    return listed.stream()
        .map(host -> host.startsWith("*.") ? host.substring(1) : host)
        .map(host -> host.startsWith("[") && host.endsWith("]") ? unbracketed(host) : host)
        .filter(host -> HOST.matcher(host).matches())
        .toArray(String[]::new);
  }

  private static String unbracketed(String host) {
    return host.substring(1, host.length() - 1);
  }

  private Optional<String> either(String name) {
    return address.variable(name).or(() -> address.variable(name.toLowerCase(Locale.ROOT)));
  }
}
