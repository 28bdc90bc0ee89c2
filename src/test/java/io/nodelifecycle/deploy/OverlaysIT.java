package io.nodelifecycle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.config.CommandLineSettings;
import io.nodelifecycle.testing.Kubectl;
import io.nodelifecycle.testing.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the overlays make of the base, as kubectl builds them. */
@EnabledIf("io.nodelifecycle.testing.Kubectl#isThere")
@TestInstance(Lifecycle.PER_CLASS)
final class OverlaysIT {
  private static final String NAME = "node-lifecycle-controller";
  private static final String DRY = "node-lifecycle-controller-dry-run";
  private static final String APART =
      "/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution";

  private Kubectl kubectl;

  static List<String> applied() {
    return DeployFolder.APPLIED;
  }

  @BeforeAll
  void prepare(@TempDir Path folder) {
    kubectl = new Kubectl(folder, folder.resolve("none"));
  }

  private List<Manifest> build(String applied) {
    var path = Path.of("deploy", applied).toAbsolutePath().toString();
    return Manifest.parse(kubectl.run("kustomize", path));
  }

  private static JsonNode only(List<Manifest> all, String kind) {
    var found = all.stream().filter(manifest -> manifest.kind().equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.getFirst().object();
  }

  private static List<String> arguments(List<Manifest> all) {
    var arguments = only(all, "Deployment").at("/spec/template/spec/containers/0/args");
    return StreamSupport.stream(arguments.spliterator(), false).map(JsonNode::asString).toList();
  }

  @ParameterizedTest
  @MethodSource("applied")
  void allSelectTheSamePods(String applied) {
    var all = build(applied);
    var deployment = only(all, "Deployment");
    var labels = deployment.at("/spec/template/metadata/labels");
    assertThat(labels).hasSize(2);
    assertThat(deployment.at("/spec/selector/matchLabels")).isEqualTo(labels);
    assertThat(only(all, "Service").at("/spec/selector")).isEqualTo(labels);
    assertThat(only(all, "NetworkPolicy").at("/spec/podSelector/matchLabels")).isEqualTo(labels);
    var pod = deployment.at("/spec/template/spec");
    var spread = pod.path("topologySpreadConstraints");
    assertThat(spread).hasSize(1);
    assertThat(spread.at("/0/labelSelector/matchLabels")).isEqualTo(labels);
    assertThat(pod.at(APART)).hasSize(1);
    assertThat(pod.at(APART).at("/0/labelSelector/matchLabels")).isEqualTo(labels);
    all.stream()
        .filter(manifest -> manifest.kind().equals("PodDisruptionBudget"))
        .forEach(budget ->
            assertThat(budget.object().at("/spec/selector/matchLabels")).isEqualTo(labels));
  }

  @ParameterizedTest
  @MethodSource("applied")
  void theProgramKnowsTheFlags(String applied) {
    var known = CommandLineSettings.knownFlags();
    assertThat(arguments(build(applied)))
        .isNotEmpty()
        .allSatisfy(argument -> assertThat(known).contains(argument.split("=", 2)[0]));
  }

  /** Its successor may start while it still ends, and those of another overlay beside it. */
  @Test
  void singleHasOneReplicaThatTakesPartInTheElectionOfTheOthers() {
    var all = build("overlays/single");
    var base = build("base");
    var deployment = only(all, "Deployment");
    assertThat(deployment.at("/spec/replicas").asInt()).isOne();
    assertThat(deployment.at("/spec/strategy").toString()).isEqualTo("{\"type\":\"Recreate\"}");
    assertThat(arguments(all)).isEqualTo(arguments(base)).noneMatch(flag -> flag.contains("elect"));
    assertThat(all).noneMatch(manifest -> manifest.kind().equals("PodDisruptionBudget"));
    assertThat(Grant.of(NAME, all)).isNotEmpty().isEqualTo(Grant.of(NAME, base));
  }

  @ParameterizedTest
  @MethodSource("applied")
  void neverTwoOnAHostNotEvenBesideOneThatEnds(String applied) {
    var pod = only(build(applied), "Deployment").at("/spec/template/spec");
    assertThat(pod.at(APART).at("/0/topologyKey").asString()).isEqualTo("kubernetes.io/hostname");
    assertThat(pod.at("/affinity").has("nodeAffinity")).isTrue();
    assertThat(pod.at("/topologySpreadConstraints/0/topologyKey").asString())
        .isEqualTo("topology.kubernetes.io/zone");
  }

  @Test
  void haHasThreeReplicasOfWhichOneMayBeDeadWhileAnotherIsReplacedOrDrained() {
    var all = build("overlays/ha");
    var deployment = only(all, "Deployment").path("spec");
    assertThat(deployment.at("/replicas").asInt()).isEqualTo(3);
    assertThat(deployment.at("/strategy").toString())
        .isEqualTo(
            "{\"rollingUpdate\":{\"maxSurge\":0,\"maxUnavailable\":2},\"type\":\"RollingUpdate\"}");
    assertThat(only(all, "PodDisruptionBudget").at("/spec/maxUnavailable").asInt()).isEqualTo(2);
  }

  @Test
  void theDryRunMayOnlyLookAndHoldItsOwnLease() {
    var grants = Grant.of(DRY, build("overlays/dry-run"));
    assertThat(grants)
        .filteredOn(grant -> !Set.of("get", "list", "watch").contains(grant.verb()))
        .extracting(Grant::toString)
        .containsExactlyInAnyOrder(
            "create leases.coordination.k8s.io in kube-system",
            "patch leases.coordination.k8s.io node-lifecycle-controller-dry-run in kube-system",
            "create subjectaccessreviews.authorization.k8s.io",
            "create tokenreviews.authentication.k8s.io");
    assertThat(grants)
        .filteredOn(grant -> grant.namespace().equals("kube-system"))
        .extracting(Grant::name)
        .containsOnly("", DRY, "extension-apiserver-authentication");
  }

  @Test
  void theDryRunHasNothingInCommonWithWhatActs() {
    var dry = build("overlays/dry-run");
    assertThat(arguments(dry)).contains("--dry-run", "--leader-elect-resource-name=" + DRY);
    assertThat(names(dry)).doesNotContainAnyElementsOf(names(build("base")));
    var labels = only(dry, "Deployment").at("/spec/selector/matchLabels");
    assertThat(labels)
        .isNotEqualTo(only(build("base"), "Deployment").at("/spec/selector/matchLabels"));
  }

  private static List<String> names(List<Manifest> all) {
    return all.stream()
        .map(manifest -> manifest.kind() + " " + manifest.namespace() + "/" + manifest.name())
        .toList();
  }
}
