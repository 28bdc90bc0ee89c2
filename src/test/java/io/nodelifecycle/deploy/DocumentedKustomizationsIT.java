package io.nodelifecycle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.Kubectl;
import io.nodelifecycle.testing.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the documents say to write into a kustomization of one's own, as kubectl builds it. */
@EnabledIf("io.nodelifecycle.testing.Kubectl#isThere")
final class DocumentedKustomizationsIT {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");
  private static final Path INSTALL = Path.of("docs", "install.md");
  private static final String TOLERATIONS = "/spec/template/spec/tolerations";

  @TempDir private Path folder;
  private Kubectl kubectl;

  @BeforeEach
  void copy() {
    kubectl = new Kubectl(folder, folder.resolve("none"));
    DeployFolder.copyTo(folder);
  }

  /** The only block of YAML in a document that has this in it. */
  private static String block(Path document, String mark) throws IOException {
    var blocks =
        BLOCK
            .matcher(Files.readString(document))
            .results()
            .map(found -> found.group(1))
            .filter(text -> text.contains(mark))
            .toList();
    assertThat(blocks).as(mark).hasSize(1);
    return blocks.getFirst().replace("../node-lifecycle-controller/deploy/", "../deploy/");
  }

  private List<Manifest> build(String kustomization) throws IOException {
    var own = Files.createTempDirectory(folder, "own");
    Files.writeString(own.resolve("kustomization.yaml"), kustomization);
    return Manifest.parse(kubectl.run("kustomize", own.toString()));
  }

  private static JsonNode only(List<Manifest> all, String kind) {
    var found = all.stream().filter(manifest -> manifest.kind().equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.getFirst().object();
  }

  @ParameterizedTest
  @CsvSource({
    "deploy/README.md, deploy/overlays/ha, node-lifecycle-controller",
    "docs/install.md, # my-node-lifecycle/kustomization.yaml, node-lifecycle-controller",
    "docs/install.md, # my-dry-run/kustomization.yaml, node-lifecycle-controller-dry-run"
  })
  void oneOfOnesOwnSaysTheImageAndTheFlags(Path document, String mark, String name)
      throws IOException {
    var deployment = only(build(block(document, mark)), "Deployment");
    assertThat(deployment.at("/metadata/name").asString()).isEqualTo(name);
    var container = deployment.at("/spec/template/spec/containers/0");
    var version = Files.readString(Path.of("deploy", "base", "kustomization.yaml"));
    assertThat(container.path("image").asString())
        .startsWith("registry.example.com/node-lifecycle-controller:");
    assertThat(version)
        .contains("newTag: " + container.path("image").asString().split(":", -1)[1] + "\n");
    assertThat(container.path("args").valueStream().map(JsonNode::asString))
        .contains("--node-monitor-grace-period=1m");
  }

  @Test
  void prometheusMayReadAndSelectsTheServiceMonitor() throws IOException {
    var all = build(block(INSTALL, "# the scrape") + "resources: [../deploy/overlays/ha]\n");
    var labels = only(all, "ServiceMonitor").at("/metadata/labels");
    assertThat(labels.path("release").asString()).isEqualTo("kube-prometheus-stack");
    var binding = block(INSTALL, "# my-node-lifecycle/prometheus.yaml");
    var role = Manifest.parse(binding).getFirst().object().path("roleRef");
    assertThat(all)
        .anyMatch(manifest ->
            manifest.kind().equals(role.path("kind").asString())
                && manifest.name().equals(role.path("name").asString()));
  }

  @ParameterizedTest
  @CsvSource({"base", "overlays/ha", "overlays/single", "overlays/dry-run"})
  void thePatchForDrainsTakesOneTolerationAway(String applied) throws IOException {
    var before = only(build("resources: [../deploy/" + applied + "]\n"), "Deployment");
    var patch = block(INSTALL, "# without the toleration");
    var after = only(build(patch + "resources: [../deploy/" + applied + "]\n"), "Deployment");
    var left =
        before
            .at(TOLERATIONS)
            .valueStream()
            .filter(toleration ->
                !toleration.path("key").asString().equals("node.kubernetes.io/unschedulable"));
    assertThat(after.at(TOLERATIONS)).hasSize(before.at(TOLERATIONS).size() - 1);
    assertThat(after.at(TOLERATIONS).valueStream()).containsExactlyElementsOf(left.toList());
  }

  /** What is to be done while one of two hosts is dead. */
  @Test
  void theNumberOfReplicasCanBeSaid() throws IOException {
    var count = "replicas: [{name: node-lifecycle-controller, count: 1}]";
    assertThat(INSTALL).content().contains("`" + count + "`");
    var all = build("resources: [../deploy/base]\n" + count + "\n");
    assertThat(only(all, "Deployment").at("/spec/replicas").asInt()).isOne();
    assertThat(only(all, "PodDisruptionBudget").at("/spec/maxUnavailable").asInt()).isOne();
  }
}
