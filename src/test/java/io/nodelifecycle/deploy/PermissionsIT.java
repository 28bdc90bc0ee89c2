package io.nodelifecycle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.deploy.Course.Fact;
import io.nodelifecycle.deploy.Course.Mode;
import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.AuditLog;
import io.nodelifecycle.testing.AuditLog.Request;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControlPlane.Authorization;
import io.nodelifecycle.testing.ControlPlane.User;
import io.nodelifecycle.testing.DeployedAccount;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The roles of {@code deploy/base} hold what the program needs and nothing else: with all of them
 * everything happens, all of them are used, and without any single part of them something that
 * everyone can see does not happen.
 */
@NeedsControlPlane
@TestInstance(Lifecycle.PER_CLASS)
final class PermissionsIT {
  private static final int FORBIDDEN = 403;
  private static final Set<Fact> NOTHING = Set.of();

  /** What follows from that a node is silent. */
  private static final Set<Fact> CONCLUSIONS =
      EnumSet.of(
          Fact.UNKNOWN, Fact.TAINTED, Fact.MARKED, Fact.EVICTED, Fact.LATE_EVICTED, Fact.NOTED);

  private static final Set<Fact> EVICTIONS = EnumSet.of(Fact.EVICTED, Fact.LATE_EVICTED);

  private static final List<Loss> LOSSES =
      List.of(
          Loss.everything("list nodes"),
          Loss.of("watch nodes", with(CONCLUSIONS, Fact.COUNTED)),
          Loss.of("get nodes", EVICTIONS),
          Loss.everything("list pods"),
          Loss.of("watch pods", EnumSet.of(Fact.LATE_EVICTED)),
          Loss.everything("list leases.coordination.k8s.io in kube-node-lease"),
          Loss.of("watch leases.coordination.k8s.io in kube-node-lease", CONCLUSIONS),
          Loss.of("get leases.coordination.k8s.io in kube-node-lease", CONCLUSIONS),
          new Loss("list daemonsets.apps", Mode.TIMEOUT, Mode.TIMEOUT.facts(), NOTHING),
          new Loss(
              "watch daemonsets.apps",
              Mode.TIMEOUT,
              EnumSet.of(Fact.SPARED),
              without(Mode.TIMEOUT, EnumSet.of(Fact.SPARED))),
          Loss.of("patch nodes", with(EVICTIONS, Fact.TAINTED, Fact.LABELLED)),
          Loss.of("patch nodes/status", CONCLUSIONS),
          Loss.of("delete pods", EVICTIONS),
          Loss.of("patch pods/status", with(EVICTIONS, Fact.MARKED)),
          Loss.of("create events", EnumSet.of(Fact.NOTED, Fact.COUNTED)),
          Loss.of("patch events", EnumSet.of(Fact.COUNTED)),
          Loss.everything("create leases.coordination.k8s.io in kube-system"),
          Loss.everything(
              "get leases.coordination.k8s.io node-lifecycle-controller in kube-system"),
          // It leads until its renew deadline, and how far it comes until then is not certain.
          new Loss(
              "patch leases.coordination.k8s.io node-lifecycle-controller in kube-system",
              Mode.TAINTS,
              EnumSet.of(Fact.RENEWED),
              EnumSet.of(Fact.LED)),
          Loss.ofPort("create tokenreviews.authentication.k8s.io", Fact.SCRAPED),
          Loss.ofPort("create subjectaccessreviews.authorization.k8s.io", Fact.SCRAPED),
          Loss.ofPort(
              "get configmaps extension-apiserver-authentication in kube-system", Fact.CERTIFIED));

  private static final Duration SOON = Duration.ofSeconds(15);

  /**
   * So often it is denied what everything rests on; the last time, all would long have happened.
   */
  private static final int DENIALS = 3;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final List<Grant> GRANTS =
      Grant.of("node-lifecycle-controller", DeployedAccount.manifests());
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/";

  @TempDir private Path folder;

  private final ControlPlane plane =
      ControlPlane.startAudited(Authorization.RBAC, DeployedAccount.USER);
  private final AuditLog audit = new AuditLog(plane.auditLog());
  private ApiClient account;

  /**
   * What does not happen without a grant, and what does nevertheless.
   *
   * @param grant as {@link Grant#toString} says it
   */
  record Loss(String grant, Mode mode, Set<Fact> missing, Set<Fact> kept) {
    /** Everything but this happens. */
    static Loss of(String grant, Set<Fact> missing) {
      return new Loss(grant, Mode.TAINTS, missing, without(Mode.TAINTS, missing));
    }

    /** All happens but this at the secure port. */
    static Loss ofPort(String grant, Fact missing) {
      var kept = EnumSet.copyOf(Course.SERVED);
      kept.remove(missing);
      kept.addAll(Mode.TAINTS.facts());
      return new Loss(grant, Mode.TAINTS, EnumSet.of(missing), kept);
    }

    static Loss everything(String grant) {
      return of(grant, Mode.TAINTS.facts());
    }

    @Override
    public String toString() {
      return grant;
    }
  }

  private static Set<Fact> with(Set<Fact> some, Fact... more) {
    var all = EnumSet.copyOf(some);
    all.addAll(List.of(more));
    return all;
  }

  private static Set<Fact> without(Mode mode, Set<Fact> missing) {
    var rest = EnumSet.copyOf(mode.facts());
    rest.removeAll(missing);
    return rest;
  }

  @BeforeAll
  void install() {
    DeployedAccount.install(plane);
    DeployedAccount.installScraper(plane);
    account = plane.as(new User("account", DeployedAccount.token(plane), List.of()));
  }

  @AfterAll
  void stop() {
    account.close();
    plane.close();
  }

  private static Set<String> measured() {
    var measured = new TreeSet<String>();
    GRANTS.forEach(grant -> measured.add(grant.toString()));
    return measured;
  }

  @Test
  void everythingHappensAndEveryGrantIsUsed() {
    var from = audit.all().size();
    for (var mode : Mode.values()) {
      try (var course = Course.begin(plane, mode);
          var process = course.start(folder, DeployedAccount.kubeconfig(plane))) {
        var all = EnumSet.copyOf(Course.SERVED);
        all.addAll(mode.facts());
        assertThat(course.play(process, all, () -> true))
            .as("%s: %s", mode, process.tail())
            .isEqualTo(all);
        // A watch is written down when it ends.
        assertThat(process.terminate(SOON)).hasValue(0);
      }
    }
    Pause.until(SOON, () -> used(from).equals(measured()));
    assertThat(used(from)).isEqualTo(measured());
    assertThat(requests(from).filter(PermissionsIT::isDenied)).isEmpty();
  }

  /** The grants that allowed what was asked for since then; each request needs exactly one. */
  private Set<String> used(int from) {
    var used = new TreeSet<String>();
    requests(from)
        .filter(request -> !request.target().resource().isEmpty())
        .forEach(request -> {
          var allowing = GRANTS.stream().filter(grant -> grant.allows(request)).toList();
          assertThat(allowing).as(request.toString()).hasSize(1);
          used.add(allowing.getFirst().toString());
        });
    return used;
  }

  @Test
  void eachMeasuredGrantHasItsLoss() {
    assertThat(LOSSES).extracting(Loss::grant).containsExactlyInAnyOrderElementsOf(measured());
    assertThat(LOSSES).noneMatch(loss -> loss.missing().isEmpty());
  }

  @ParameterizedTest
  @FieldSource("LOSSES")
  void withoutOneGrantSomethingDoesNotHappen(Loss loss) {
    var grant =
        GRANTS.stream()
            .filter(each -> each.toString().equals(loss.grant()))
            .findFirst()
            .orElseThrow();
    revoke(grant);
    var from = audit.all().size();
    var denials = loss.kept().isEmpty() ? DENIALS : 1;
    try (var course = Course.begin(plane, loss.mode());
        var process = course.start(folder, DeployedAccount.kubeconfig(plane))) {
      var facts = course.play(process, loss.kept(), () -> denied(grant, from) >= denials);
      assertThat(denied(grant, from)).as(process.tail()).isGreaterThanOrEqualTo(denials);
      assertThat(facts)
          .as("without %s: %s", grant, process.tail())
          .containsAll(loss.kept())
          .doesNotContainAnyElementsOf(loss.missing());
    } finally {
      restore(grant);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "kube-system", "kube-node-lease"})
  void theApiServerSaysThatItMayDoNothingElse(String namespace) {
    var review = JSON.createObjectNode();
    review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectRulesReview");
    review.putObject("spec").put("namespace", namespace);
    var status = account.post(REVIEWS + "selfsubjectrulesreviews", review).orThrow().path("status");
    assertThat(status.path("incomplete").asBoolean(true)).isFalse();
    var may =
        Grant.ofRules("", "", status.path("resourceRules"))
            // Everyone may ask who they are and what they may.
            .filter(grant -> !grant.resource().startsWith("selfsubject"))
            .map(Grant::toString)
            .toList();
    var granted =
        GRANTS.stream()
            .filter(grant -> Set.of("", namespace).contains(grant.namespace()))
            .map(each -> new Grant("", "", each.group(), each.resource(), each.name(), each.verb()))
            .map(Grant::toString)
            .toList();
    assertThat(may).containsExactlyInAnyOrderElementsOf(granted);
  }

  @Test
  void secretsAreOutOfReach() {
    for (var namespace : List.of("default", "kube-system")) {
      var secrets = "/api/v1/namespaces/" + namespace + "/secrets";
      var secret =
          ApiClient.json(
              """
              {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"},
               "stringData": {"password": "x"}}
              """);
      plane.admin().post(secrets, secret).orThrow();
      for (var path : List.of(secrets, secrets + "/s", secrets + "?watch=true")) {
        assertThat(account.get(path).status()).as(path).isEqualTo(FORBIDDEN);
      }
    }
    assertThat(account.get("/api/v1/secrets").status()).isEqualTo(FORBIDDEN);
    for (var verb : List.of("get", "list", "watch")) {
      for (var namespace : List.of("", "default", "kube-system", "kube-node-lease")) {
        assertThat(may(new Grant("", namespace, "", "secrets", "", verb))).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "escalate, rbac.authorization.k8s.io, clusterroles, ''",
    "bind, rbac.authorization.k8s.io, clusterroles, ''",
    "create, rbac.authorization.k8s.io, clusterrolebindings, ''",
    "impersonate, '', users, ''",
    "impersonate, '', groups, ''",
    "impersonate, '', serviceaccounts, ''",
    "create, '', serviceaccounts/token, kube-system",
    "create, '', pods, kube-system",
    "create, '', pods/exec, default",
    "get, '', pods/exec, default",
    "create, '', pods/eviction, default",
    "patch, '', pods, default",
    "deletecollection, '', pods, default",
    "delete, '', nodes, ''",
    "update, '', nodes, ''",
    "create, '', nodes/proxy, ''",
    "patch, coordination.k8s.io, leases, kube-node-lease",
    "patch, coordination.k8s.io, leases, kube-system",
    "get, coordination.k8s.io, leases, kube-system",
    "get, '', configmaps, kube-system",
    "patch, apps, daemonsets, kube-system"
  })
  void whatWouldBePowerIsDenied(String verb, String group, String resource, String namespace) {
    assertThat(may(new Grant("", namespace, group, resource, "", verb))).isFalse();
  }

  private static boolean isDenied(Request request) {
    return request.code() == FORBIDDEN;
  }

  private long denied(Grant grant, int from) {
    return requests(from).filter(PermissionsIT::isDenied).filter(grant::allows).count();
  }

  /** What the program asked for, and not what this test asked in its name. */
  private Stream<Request> requests(int from) {
    return audit.all().stream()
        .skip(from)
        .filter(request -> !request.target().resource().startsWith("selfsubject"));
  }

  private void revoke(Grant grant) {
    setRules(grant, other -> !other.equals(grant));
    assertThat(Pause.until(SOON, () -> !may(grant))).as("%s is taken away", grant).isTrue();
  }

  private void restore(Grant grant) {
    setRules(grant, _ -> true);
    assertThat(Pause.until(SOON, () -> may(grant))).as("%s is given back", grant).isTrue();
  }

  private void setRules(Grant grant, Predicate<Grant> wanted) {
    var body = JSON.createObjectNode();
    var rules = body.putArray("rules");
    GRANTS.stream()
        .filter(other -> other.rolePath().equals(grant.rolePath()))
        .filter(wanted)
        .forEach(other -> rules.add(other.rule()));
    plane.admin().mergePatch(grant.rolePath(), body).orThrow();
  }

  private boolean may(Grant grant) {
    var review = account.post(REVIEWS + "selfsubjectaccessreviews", grant.review()).orThrow();
    return review.at("/status/allowed").asBoolean();
  }
}
