package io.nodelifecycle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.config.CommandLineSettings;
import io.nodelifecycle.testing.DeployedAccount;
import io.nodelifecycle.testing.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is written in {@code deploy/base} and said about it, without a cluster. */
final class ManifestsTest {
  private static final String PORT = "10290";
  private static final String ACCOUNT = "node-lifecycle-controller";

  /** One row of the table of permissions. */
  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(?<role>[a-z]+)`(?: in (?<namespace>[a-z-]+))? \\| (?<group>[a-z0-9.]+)"
              + " \\| (?<resource>[a-z/]+)(?: named (?<name>[a-z-]+))? \\| (?<verbs>[a-z, ]+)"
              + " \\| [^|]+ \\| [^|]+ \\|");

  /** What even one verb of would be power over everything. */
  private static final Set<String> NEVER =
      Set.of("secrets", "pods/exec", "pods/attach", "pods/portforward", "nodes/proxy", "users");

  /** What the program does: it neither makes nor replaces anything, but for events and leases. */
  private static final Set<String> VERBS =
      Set.of("get", "list", "watch", "patch", "create", "delete");

  private static final List<Manifest> ALL = Manifest.in(DeployedAccount.MANIFESTS);

  private static JsonNode only(String kind) {
    var found = ALL.stream().filter(manifest -> manifest.kind().equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.getFirst().object();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static List<String> texts(JsonNode array) {
    return elements(array).map(JsonNode::asString).toList();
  }

  private static List<JsonNode> rules() {
    return ALL.stream().flatMap(manifest -> elements(manifest.object().path("rules"))).toList();
  }

  @Test
  void noRuleHasAWildcardOrPowerOverEverything() {
    assertThat(rules()).hasSizeGreaterThan(10);
    assertThat(rules())
        .allSatisfy(rule -> {
          assertThat(rule.toString()).doesNotContain("*");
          assertThat(texts(rule.path("resources"))).doesNotContainAnyElementsOf(NEVER);
          assertThat(VERBS).containsAll(texts(rule.path("verbs")));
        });
  }

  @Test
  void onlyEventsLeasesAndReviewsAreCreated() {
    assertThat(Grant.of(ACCOUNT, ALL))
        .filteredOn(grant -> grant.verb().equals("create"))
        .extracting(Grant::resource)
        .containsExactlyInAnyOrder("events", "leases", "subjectaccessreviews", "tokenreviews");
  }

  @Test
  void everyRoleButTheCollectorsIsBoundToTheAccountAndNothingElseIs() {
    var bindings = ALL.stream().filter(manifest -> manifest.kind().endsWith("Binding")).toList();
    assertThat(bindings)
        .allSatisfy(binding -> {
          var subjects = elements(binding.object().path("subjects")).toList();
          assertThat(subjects).hasSize(1);
          assertThat(subjects.getFirst().path("kind").asString()).isEqualTo("ServiceAccount");
          assertThat(subjects.getFirst().path("name").asString()).isEqualTo(ACCOUNT);
        });
    var roles = new TreeSet<String>();
    ALL.stream()
        .filter(manifest -> manifest.kind().endsWith("Role"))
        .forEach(role -> roles.add(role.namespace() + "/" + role.name()));
    var bound = new TreeSet<String>();
    bindings.forEach(binding ->
        bound.add(binding.namespace() + "/" + binding.object().at("/roleRef/name").asString()));
    roles.remove("/node-lifecycle-controller-read-metrics");
    assertThat(bound).isEqualTo(roles);
  }

  @Test
  void theTableOfPermissionsSaysWhatTheRolesSay() throws IOException {
    var written = new ArrayList<String>();
    for (var line : Files.readAllLines(Path.of("deploy", "README.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        for (var verb : row.group("verbs").split(", ")) {
          written.add(
              new Grant(
                      ACCOUNT + "-" + row.group("role"),
                      orEmpty(row.group("namespace")),
                      row.group("group").equals("core") ? "" : row.group("group"),
                      row.group("resource"),
                      orEmpty(row.group("name")),
                      verb)
                  .toString());
        }
      }
    }
    assertThat(written)
        .containsExactlyInAnyOrderElementsOf(
            Grant.of(ACCOUNT, ALL).stream().map(Grant::toString).toList());
  }

  private static String orEmpty(@Nullable String group) {
    return group == null ? "" : group;
  }

  @Test
  void theImageHasTheVersionOfTheBuild() throws IOException {
    var pom = Files.readString(Path.of("pom.xml"));
    var version = Pattern.compile("<version>([^<]+)</version>").matcher(pom);
    assertThat(version.find()).isTrue();
    assertThat(Files.readString(DeployedAccount.MANIFESTS.resolve("kustomization.yaml")))
        .contains("newTag: " + version.group(1) + "\n");
    assertThat(Files.readString(Path.of("deploy", "README.md")))
        .contains("newTag: " + version.group(1) + "\n");
  }

  @Test
  void thePodIsAsRestrictedAsCanBe() {
    var pod = only("Deployment").at("/spec/template/spec");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
    assertThat(pod.at("/securityContext/seccompProfile/type").asString())
        .isEqualTo("RuntimeDefault");
    for (var field : List.of("hostNetwork", "hostPID", "hostIPC", "volumes")) {
      assertThat(pod.has(field)).as(field).isFalse();
    }
    assertThat(pod.path("containers")).hasSize(1);
    var container = pod.at("/containers/0");
    var security = container.path("securityContext");
    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(texts(security.at("/capabilities/drop"))).containsExactly("ALL");
    assertThat(security.at("/capabilities").has("add")).isFalse();
    assertThat(container.at("/resources/requests").propertyNames()).contains("cpu", "memory");
    assertThat(container.at("/resources/limits").propertyNames()).containsExactly("memory");
    assertThat(only("ServiceAccount").path("automountServiceAccountToken").asBoolean(true))
        .isFalse();
  }

  @Test
  void allSpeakOfTheSamePort() {
    var container = only("Deployment").at("/spec/template/spec/containers/0");
    assertThat(texts(container.path("args"))).containsExactly("--secure-port=" + PORT);
    assertThat(CommandLineSettings.knownFlags()).contains("--secure-port");
    assertThat(container.at("/ports/0/containerPort").asString()).isEqualTo(PORT);
    var name = container.at("/ports/0/name").asString();
    for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      var get = container.path(probe).path("httpGet");
      assertThat(get.path("port").asString()).as(probe).isEqualTo(name);
      assertThat(get.path("scheme").asString()).as(probe).isEqualTo("HTTPS");
    }
    var service = only("Service").path("spec");
    assertThat(service.at("/ports/0/port").asString()).isEqualTo(PORT);
    assertThat(service.at("/ports/0/targetPort").asString()).isEqualTo(name);
    var ingress = only("NetworkPolicy").at("/spec/ingress");
    assertThat(ingress).hasSize(1);
    assertThat(ingress.at("/0/ports")).hasSize(1);
    assertThat(ingress.at("/0/ports/0/port").asString()).isEqualTo(PORT);
  }

  /** The table of bounds promises 5 s for writes and 1 s for the lease. */
  @Test
  void thePodHasTimeForAnOrderlyEnd() {
    var seconds = only("Deployment").at("/spec/template/spec/terminationGracePeriodSeconds");
    assertThat(seconds.asInt()).isGreaterThan(5 + 1);
  }
}
