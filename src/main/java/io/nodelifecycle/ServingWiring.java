package io.nodelifecycle;

import io.nodelifecycle.config.ParseOutcome;
import io.nodelifecycle.config.Settings;
import io.nodelifecycle.kubernetes.ConnectionException;
import io.nodelifecycle.kubernetes.KubernetesConnection;
import io.nodelifecycle.kubernetes.http.JsonText;
import io.nodelifecycle.runtime.RequestObserver;
import io.nodelifecycle.runtime.TimeSource;
import io.nodelifecycle.serving.Answer;
import io.nodelifecycle.serving.MetricsPage;
import io.nodelifecycle.serving.Opening;
import io.nodelifecycle.serving.Page;
import io.nodelifecycle.serving.Pages;
import io.nodelifecycle.serving.SecurePort;
import io.nodelifecycle.serving.Served;
import io.nodelifecycle.serving.ServingException;
import io.nodelifecycle.serving.authentication.Authenticator;
import io.nodelifecycle.serving.authentication.CertificateAuthenticator;
import io.nodelifecycle.serving.authentication.LookedUpAuthorities;
import io.nodelifecycle.serving.authentication.TokenAuthenticator;
import io.nodelifecycle.serving.authorization.AllowedPaths;
import io.nodelifecycle.serving.authorization.Authorizer;
import io.nodelifecycle.serving.health.ControllerHealth;
import io.nodelifecycle.serving.health.HealthPage;
import io.nodelifecycle.serving.review.ReviewGate;
import io.nodelifecycle.serving.tls.ServerIdentity;
import io.nodelifecycle.serving.tls.UnusableFileException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Builds what the secure port serves. */
final class ServingWiring {
  private static final String PROGRAM = "node-lifecycle-controller";

  private final ParseOutcome.Run run;
  private final Settings.Serving settings;
  private final Map<String, String> environment;
  private final Wiring wiring;
  private final TimeSource time;

  ServingWiring(
      ParseOutcome.Run run, Map<String, String> environment, Wiring wiring, TimeSource time) {
    this.run = run;
    this.settings = run.settings().serving();
    this.environment = Map.copyOf(environment);
    this.wiring = wiring;
    this.time = time;
  }

  /**
   * Begins to open the port; nothing is to be opened where it is switched off.
   *
   * @param controller whose health and metrics are served; to be closed after the port
   * @throws ServingException if a kubeconfig of its own is unusable
   */
  Opening open(ControllerRun controller) throws ServingException {
    if (settings.port() == 0) {
      return Opening.NONE;
    }
    var connections = connections(controller);
    var port =
        new SecurePort(
            settings.bindAddress(), settings.port(), () -> served(controller, connections));
    port.start();
    return new OpenPort(port, connections.own());
  }

  private record OpenPort(Opening port, Deque<KubernetesConnection> own) implements Opening {
    @Override
    public void await() throws ServingException, InterruptedException {
      port.await();
    }

    @Override
    public void close() {
      port.close();
      own.forEach(KubernetesConnection::close);
    }
  }

  /**
   * Whom to ask.
   *
   * @param own those that are nobody else's
   */
  private record Connections(
      KubernetesConnection authentication,
      KubernetesConnection authorization,
      Deque<KubernetesConnection> own) {}

  private Connections connections(ControllerRun controller) throws ServingException {
    var own = new ArrayDeque<KubernetesConnection>();
    var shared = controller.connection();
    var authentication =
        connection("--authentication-kubeconfig", settings.authentication().kubeconfig(), own);
    var authorization =
        connection("--authorization-kubeconfig", settings.authorization().kubeconfig(), own);
    return new Connections(authentication.orElse(shared), authorization.orElse(shared), own);
  }

  private Optional<KubernetesConnection> connection(
      String flag, Optional<Path> kubeconfig, Deque<KubernetesConnection> own)
      throws ServingException {
    if (kubeconfig.isEmpty()) {
      return Optional.empty();
    }
    try {
      own.add(wiring.connection(kubeconfig.get(), RequestObserver.NONE));
      return Optional.of(own.getLast());
    } catch (ConnectionException e) {
      own.forEach(KubernetesConnection::close);
      throw new ServingException(flag + ": " + e.getMessage());
    }
  }

  private Served served(ControllerRun controller, Connections connections)
      throws UnusableFileException {
    var identity = identity();
    var health = controller.health();
    health.alsoReady(health.certificate(identity::problem, () -> identity.current().notAfter()));
    var gate = new ReviewGate(time);
    var pages = pages(controller);
    return new Served(
        identity,
        new Authenticator(certificates(connections, gate, health), tokens(connections, gate)),
        authorizer(connections, gate, pages),
        pages);
  }

  private ServerIdentity identity() throws UnusableFileException {
    var certificate = settings.certificate();
    var key = settings.privateKey();
    return certificate.isPresent() && key.isPresent()
        ? ServerIdentity.files(certificate.get(), key.get(), time)
        : ServerIdentity.selfSigned(names(), time);
  }

  private Set<String> names() {
    var names = new HashSet<String>();
    Optional.ofNullable(environment.get("HOSTNAME"))
        .filter(name -> name.matches("[A-Za-z0-9.-]{1,253}"))
        .ifPresent(names::add);
    var address = InetAddress.ofLiteral(settings.bindAddress());
    if (!address.isAnyLocalAddress()) {
      // In full, and without the interface that an IPv6 address may name.
      names.add(address.getHostAddress().replaceFirst("%.*", ""));
    }
    return names;
  }

  private CertificateAuthenticator certificates(
      Connections connections, ReviewGate gate, ControllerHealth health)
      throws UnusableFileException {
    var authentication = settings.authentication();
    Optional<Supplier<List<X509Certificate>>> configured = Optional.empty();
    if (authentication.clientAuthorities().isPresent()) {
      var file = authentication.clientAuthorities().get();
      var authorities = ServerIdentity.authorities("--client-ca-file", file, time);
      configured = Optional.of(authorities::current);
      health.alsoReady(health.clientAuthorities(authorities::problem));
    }
    var lookedUp =
        authentication.isLookupSkipped()
            ? Optional.<LookedUpAuthorities>empty()
            : Optional.of(
                new LookedUpAuthorities(
                    connections.authentication().clusterAuthorities(), gate, time));
    return new CertificateAuthenticator(
        configured, lookedUp, authentication.isLookupFailureTolerated(), time);
  }

  private TokenAuthenticator tokens(Connections connections, ReviewGate gate) {
    return new TokenAuthenticator(
        connections.authentication().tokenReviews(),
        gate,
        settings.authentication().tokenCacheTime(),
        time);
  }

  private Authorizer authorizer(Connections connections, ReviewGate gate, Pages pages) {
    var authorization = settings.authorization();
    return new Authorizer(
        new AllowedPaths(authorization.alwaysAllowedPaths()),
        connections.authorization().accessReviews(),
        gate,
        new Authorizer.CacheTimes(
            authorization.permissionCacheTime(), authorization.denialCacheTime()),
        pages::contains,
        time);
  }

  private Pages pages(ControllerRun controller) {
    var health = controller.health();
    var pages = new LinkedHashMap<String, Page>();
    pages.put("/livez", new HealthPage("livez", health::liveness));
    pages.put("/healthz", new HealthPage("healthz", health::liveness));
    pages.put("/readyz", new HealthPage("readyz", health::readiness));
    Map.copyOf(pages).forEach((path, page) -> pages.put(path + "/", page));
    pages.put("/metrics", new MetricsPage(accept -> metrics(controller, accept)));
    pages.put("/configz", _ -> Answer.json(configuration()));
    return new Pages(pages);
  }

  private static Answer metrics(ControllerRun controller, String accept) {
    var rendered = controller.metrics(accept);
    return new Answer(200, rendered.contentType(), rendered.bytes());
  }

  private String configuration() {
    return JsonText.object(json -> {
      json.writeObjectPropertyStart(PROGRAM);
      run.table()
          .record()
          .forEach((name, setting) -> {
            json.writeObjectPropertyStart(name);
            if (setting instanceof Map<?, ?> parts) {
              List.of("value", "default", "source")
                  .forEach(part -> json.writeStringProperty(part, String.valueOf(parts.get(part))));
            }
            json.writeEndObject();
          });
      json.writeEndObject();
    });
  }
}
