package io.nodelifecycle.election;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControllerProcess;
import io.nodelifecycle.testing.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Replicas of the packaged program, each with a user of its own. */
final class Replicas implements AutoCloseable {
  /** So short that a test need not wait long, in the proportions of the default. */
  static final Duration LEASE = Duration.ofSeconds(6);

  /** So long after its last renewal a leader acts. */
  static final Duration RENEW_DEADLINE = Duration.ofSeconds(4);

  static final String LEASE_PATH =
      "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/node-lifecycle-controller";

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Pattern IDENTITY = Pattern.compile("leads .*identity=\"([^\"]+)\"");
  private static final Pattern SINCE = Pattern.compile("(?m)^(\\S+) INFO +this process leads");
  private static final Map<String, String> FLAGS =
      Map.of(
          "node-monitor-period", "1s",
          "node-monitor-grace-period", "6s",
          "node-eviction-rate", "10",
          "secondary-node-eviction-rate", "10",
          "leader-elect-lease-duration", LEASE.toSeconds() + "s",
          "leader-elect-renew-deadline", RENEW_DEADLINE.toSeconds() + "s",
          "leader-elect-retry-period", "1s",
          "secure-port", "0");

  private final ControlPlane plane;
  private final Path folder;
  private final IntSupplier users;
  private final List<Replica> all = new ArrayList<>();

  /** None yet; the users are the first ones. */
  Replicas(ControlPlane plane, Path folder) {
    this(plane, folder, new AtomicInteger()::getAndIncrement);
  }

  /**
   * None yet.
   *
   * @param users says which user is next, none twice
   */
  Replicas(ControlPlane plane, Path folder, IntSupplier users) {
    this.plane = plane;
    this.folder = folder;
    this.users = users;
  }

  /** One process; the API server knows it by its user. */
  record Replica(String user, ControllerProcess process) {
    /** By which name it has led; empty if it never did. */
    Optional<String> identity() {
      var leads = IDENTITY.matcher(process.output());
      return leads.find() ? Optional.of(leads.group(1)) : Optional.empty();
    }

    /** Since when it leads, which it does. */
    Instant leadsSince() {
      var leads = SINCE.matcher(process.output());
      assertThat(leads.find()).as(process.tail()).isTrue();
      return Instant.parse(leads.group(1));
    }

    /** Lets the operating system send it a signal. */
    void signal(String name) {
      try {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The names of the first users. */
  static String[] users(int count) {
    return IntStream.range(0, count).mapToObj(Replicas::user).toArray(String[]::new);
  }

  private static String user(int number) {
    return "replica-" + number;
  }

  /** Starts one more, and waits until it has its caches. */
  Replica start() {
    return start(Map.of());
  }

  /** The same with other flags, by their names. */
  Replica start(Map<String, String> flags) {
    var replica = begin(plane.server(), flags);
    replica.process.awaitSynced();
    return replica;
  }

  /**
   * Starts one more, as a Deployment does where one has ended.
   *
   * @param server the address at which it looks for the API server
   */
  Replica begin(URI server) {
    return begin(server, Map.of());
  }

  private Replica begin(URI server, Map<String, String> others) {
    var user = user(users.getAsInt());
    var kubeconfig =
        plane.kubeconfig(plane.authority().issueClient(user, List.of("system:masters")), server);
    var arguments = new ArrayList<String>();
    var flags = new TreeMap<>(FLAGS);
    flags.putAll(others);
    flags.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    arguments.add("--kubeconfig=" + kubeconfig);
    var replica = new Replica(user, ControllerProcess.program(folder, arguments));
    all.add(replica);
    return replica;
  }

  /** The one that holds the lease. */
  Optional<Replica> leader() {
    var holder =
        plane.admin().get(LEASE_PATH).orThrow().path("spec").path("holderIdentity").asString("");
    return all.stream()
        .filter(replica -> replica.identity().filter(holder::equals).isPresent())
        .findFirst();
  }

  /** Waits until one leads that is as asked for. */
  Replica awaitLeader(Predicate<Replica> asked) {
    assertThat(Pause.until(SOON, () -> isThere() && leader().filter(asked).isPresent()))
        .as("a leader\n" + outputs())
        .isTrue();
    return leader().orElseThrow();
  }

  private boolean isThere() {
    return plane.admin().get(LEASE_PATH).isSuccess();
  }

  /** What all of them wrote last. */
  String outputs() {
    var text = new StringBuilder();
    all.forEach(
        each -> text.append(each.user).append('\n').append(each.process.tail()).append('\n'));
    return text.toString();
  }

  @Override
  public void close() {
    all.forEach(each -> each.process.close());
  }
}
