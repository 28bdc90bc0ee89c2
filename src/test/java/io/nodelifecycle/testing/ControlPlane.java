package io.nodelifecycle.testing;

import io.nodelifecycle.testing.CertificateAuthority.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A real control plane of one's own: etcd and kube-apiserver on free ports of the loopback
 * interface, with a certificate authority, users and kubeconfig files. The binaries are those in
 * the folder that the environment variable KUBEBUILDER_ASSETS names.
 */
public final class ControlPlane implements AutoCloseable {
  private static final String ASSETS = "KUBEBUILDER_ASSETS";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

  /** Ports below the range that the kernel hands out, so that a stopped server's stays free. */
  private static final int FIRST_PORT = 21_000;

  private static final int LAST_PORT = 31_000;
  private static final int TAIL_LINES = 30;
  private static final User ADMIN = new User("admin", "admin-token", List.of("system:masters"));

  private final Path folder;
  private final CertificateAuthority authority;
  private final List<String> apiServerCommand;
  private final int port;
  private final List<String> etcdCommand;
  private final ApiClient admin;
  private final URI etcdServer;
  private Optional<ChildProcess> etcd = Optional.empty();
  private Optional<ChildProcess> apiServer = Optional.empty();

  /** Who may do what: everyone everything, or what RBAC rules say. */
  public enum Authorization {
    ALWAYS_ALLOW("AlwaysAllow"),
    RBAC("RBAC");

    private final String mode;

    Authorization(String mode) {
      this.mode = mode;
    }
  }

  /** A user known by a bearer token. */
  public record User(String name, String token, List<String> groups) {
    /** A user in no group. */
    public User(String name) {
      this(name, name + "-token", List.of());
    }
  }

  private ControlPlane(Path binaries, Authorization authorization, List<User> users) {
    this.folder = newFolder();
    this.authority = CertificateAuthority.create("test-authority");
    this.port = freePort();
    var etcdPort = freePort();
    this.etcdServer = URI.create("http://127.0.0.1:" + etcdPort);
    this.etcdCommand = etcdCommand(binaries, etcdPort);
    this.etcd = Optional.of(ChildProcess.start("etcd", folder, etcdCommand));
    writeCredentials(users);
    this.apiServerCommand = new ArrayList<>(apiServerCommand(binaries, authorization, etcdPort));
    this.admin = as(ADMIN);
  }

  /** The folder with the binaries of a control plane, where there is one. */
  public static Optional<Path> binaries() {
    return Optional.ofNullable(System.getenv(ASSETS))
        .map(Path::of)
        .filter(folder -> Files.isExecutable(folder.resolve("etcd")))
        .filter(folder -> Files.isExecutable(folder.resolve("kube-apiserver")));
  }

  /** Starts one where everyone may do everything. */
  public static ControlPlane start() {
    return start(Authorization.ALWAYS_ALLOW, List.of());
  }

  /** Starts one with users besides the administrator; returns when it is ready. */
  public static ControlPlane start(Authorization authorization, List<User> users) {
    return start(authorization, users, _ -> List.of());
  }

  /**
   * Starts one where everyone may do everything, and that writes down all requests of some users.
   *
   * @param users known by client certificates or as service accounts
   */
  public static ControlPlane startAudited(String... users) {
    return startAudited(Authorization.ALWAYS_ALLOW, users);
  }

  /** The same, also where not everyone may do everything. */
  public static ControlPlane startAudited(Authorization authorization, String... users) {
    return start(
        authorization,
        List.of(),
        plane -> AuditLog.flags(plane.folder, List.of(users), plane.auditLog()));
  }

  private static ControlPlane start(
      Authorization authorization,
      List<User> users,
      Function<ControlPlane, List<String>> moreFlags) {
    var binaries =
        binaries().orElseThrow(() -> new IllegalStateException(ASSETS + " names no control plane"));
    var plane = new ControlPlane(binaries, authorization, users);
    plane.apiServerCommand.addAll(moreFlags.apply(plane));
    try {
      plane.startApiServer();
      return plane;
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  /** The address of the API server. */
  public URI server() {
    return URI.create("https://127.0.0.1:" + port);
  }

  /** The address of etcd, for what cannot be brought about through the API server. */
  public URI etcdServer() {
    return etcdServer;
  }

  /** What {@link #startAudited} has written down, one JSON object a line. */
  public Path auditLog() {
    return folder.resolve("audit.log");
  }

  /** The authority that signed its certificate and signs those of its clients. */
  public CertificateAuthority authority() {
    return authority;
  }

  /** The administrator's client; it belongs to this control plane and is closed with it. */
  public ApiClient admin() {
    return admin;
  }

  /** A user's client, to be closed by the caller. */
  public ApiClient as(User user) {
    return ApiClient.secure(server(), trust(), user.token());
  }

  /** Trusts exactly this control plane's authority. */
  public SSLContext trust() {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("authority", authority.certificate());
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot trust the authority of the test", e);
    }
  }

  /** A kubeconfig file of the administrator, who is known by a client certificate. */
  public Path kubeconfig() {
    return kubeconfig(authority.issueClient(ADMIN.name(), ADMIN.groups()));
  }

  /** A kubeconfig file with a client certificate. */
  public Path kubeconfig(Issued client) {
    return kubeconfig(client, server());
  }

  /** The same for who reaches the API server at another address of this machine. */
  public Path kubeconfig(Issued client, URI address) {
    var certificate = write("client-", ".crt", client.certificatePem());
    var key = write("client-", ".key", client.keyPem());
    return kubeconfig("client-certificate: " + certificate + "\n    client-key: " + key, address);
  }

  /** A kubeconfig file with a bearer token. */
  public Path kubeconfigWithToken(String token) {
    return kubeconfig("token: " + token, server());
  }

  /**
   * A ServiceAccount's token as if it had been issued at another time.
   *
   * @param end until when it is valid, which may have passed
   */
  public String reissued(String token, Instant end) {
    try {
      return AccountToken.reissued(token, end, Files.readString(accountKey()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the key of tokens", e);
    }
  }

  private Path accountKey() {
    return folder.resolve("service-account.key");
  }

  private Path kubeconfig(String credentials, URI address) {
    var text =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: test
          cluster:
            server: %s
            certificate-authority: %s
        users:
        - name: test
          user:
            %s
        contexts:
        - name: test
          context: {cluster: test, user: test}
        current-context: test
        """
            .formatted(address, folder.resolve("ca.crt"), credentials);
    return write("kubeconfig-", ".yaml", text);
  }

  /** Starts the API server, again or for the first time; returns when it is ready. */
  public void startApiServer() {
    apiServer.ifPresent(ChildProcess::close);
    var started = ChildProcess.start("kube-apiserver", folder, apiServerCommand);
    apiServer = Optional.of(started);
    if (!Pause.until(START_TIMEOUT, () -> !started.isAlive() || isReady()) || !started.isAlive()) {
      throw new IllegalStateException(
          "the control plane did not come up\n%s\n%s"
              .formatted(
                  etcd.map(running -> running.tail(TAIL_LINES)).orElse("etcd is stopped"),
                  started.tail(TAIL_LINES)));
    }
  }

  /** Ends the API server at once; etcd goes on, so that nothing is lost. */
  public void stopApiServer() {
    apiServer.ifPresent(ChildProcess::close);
    apiServer = Optional.empty();
  }

  /** Ends etcd at once; its files stay, and the API server goes on without it. */
  public void stopEtcd() {
    etcd.ifPresent(ChildProcess::close);
    etcd = Optional.empty();
  }

  /**
   * Starts etcd again, with what it held; returns when it answers. An API server that was without
   * it for long finds that out within two minutes, for each resource by itself.
   */
  public void startEtcd() {
    stopEtcd();
    var started = ChildProcess.start("etcd", folder, etcdCommand);
    etcd = Optional.of(started);
    try (var client = ApiClient.plain(etcdServer)) {
      if (!Pause.until(START_TIMEOUT, () -> !started.isAlive() || isHealthy(client))) {
        throw new IllegalStateException("etcd did not come back\n" + started.tail(TAIL_LINES));
      }
    }
  }

  private static boolean isHealthy(ApiClient etcd) {
    try {
      return etcd.get("/health").isSuccess();
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  /** Ready for tests: it says so itself, and the namespaces that it makes are there. */
  private boolean isReady() {
    try {
      return admin.get("/readyz").isSuccess()
          && admin.get("/api/v1/namespaces/default").isSuccess()
          && admin.get("/api/v1/namespaces/kube-node-lease").isSuccess();
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  /**
   * Deletes all nodes, pods, leases of nodes and events, the pods without any grace period and
   * whatever finalizers they have.
   */
  public void clear() {
    admin.items("/api/v1/pods").forEach(this::remove);
    admin.delete("/api/v1/nodes").orThrow();
    admin.delete("/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases").orThrow();
    admin
        .items("/api/v1/namespaces")
        .map(namespace -> namespace.at("/metadata/name").asString())
        .forEach(name -> admin.delete("/api/v1/namespaces/" + name + "/events").orThrow());
  }

  private void remove(JsonNode pod) {
    var path =
        "/api/v1/namespaces/%s/pods/%s"
            .formatted(
                pod.at("/metadata/namespace").asString(), pod.at("/metadata/name").asString());
    if (!pod.at("/metadata/finalizers").isEmpty()) {
      admin.mergePatch(path, ApiClient.json("{\"metadata\": {\"finalizers\": null}}"));
    }
    admin.delete(path + "?gracePeriodSeconds=0");
  }

  /** Ends both processes and removes their files. */
  @Override
  public void close() {
    admin.close();
    stopApiServer();
    stopEtcd();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }

  private List<String> etcdCommand(Path binaries, int etcdPort) {
    var client = "http://127.0.0.1:" + etcdPort;
    var peer = "http://127.0.0.1:" + freePort();
    return List.of(
        binaries.resolve("etcd").toString(),
        "--data-dir=" + folder.resolve("etcd"),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer,
        "--unsafe-no-fsync",
        "--logger=zap",
        "--log-level=warn");
  }

  private List<String> apiServerCommand(Path binaries, Authorization authorization, int etcdPort) {
    return List.of(
        binaries.resolve("kube-apiserver").toString(),
        "--etcd-servers=http://127.0.0.1:" + etcdPort,
        "--bind-address=127.0.0.1",
        "--secure-port=" + port,
        "--tls-cert-file=" + folder.resolve("server.crt"),
        "--tls-private-key-file=" + folder.resolve("server.key"),
        "--client-ca-file=" + folder.resolve("ca.crt"),
        "--cert-dir=" + folder.resolve("certificates"),
        "--token-auth-file=" + folder.resolve("tokens.csv"),
        "--service-account-key-file=" + accountKey(),
        "--service-account-signing-key-file=" + accountKey(),
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-cluster-ip-range=10.0.0.0/24",
        "--endpoint-reconciler-type=none",
        "--disable-admission-plugins=ServiceAccount,DefaultTolerationSeconds",
        "--authorization-mode=" + authorization.mode);
  }

  private void writeCredentials(List<User> users) {
    var server = authority.issueServer();
    write(folder.resolve("ca.crt"), authority.certificatePem());
    write(folder.resolve("server.crt"), server.certificatePem());
    write(folder.resolve("server.key"), server.keyPem());
    write(accountKey(), CertificateAuthority.newKeyPem());
    var all = new ArrayList<>(users);
    all.add(ADMIN);
    var tokens = new StringBuilder();
    for (var user : all) {
      var groups = String.join(",", user.groups());
      tokens.append("%s,%s,%s,\"%s\"\n".formatted(user.token(), user.name(), user.name(), groups));
    }
    write(folder.resolve("tokens.csv"), tokens.toString());
  }

  private Path write(String prefix, String suffix, String content) {
    try {
      return write(Files.createTempFile(folder, prefix, suffix), content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write in " + folder, e);
    }
  }

  private static Path write(Path file, String content) {
    try {
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("control-plane-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for a control plane", e);
    }
  }

  /** A port that nobody listens on, below those that the kernel hands out. */
  public static int freePort() {
    for (int attempt = 0; attempt < 100; attempt++) {
      var candidate = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (var _ = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        return candidate;
      } catch (IOException _) {
        // Taken by someone else: try another.
      }
    }
    throw new IllegalStateException("no free port from " + FIRST_PORT + " to " + LAST_PORT);
  }
}
