package io.nodelifecycle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.Kubectl;
import io.nodelifecycle.testing.Manifest;
import io.nodelifecycle.testing.NeedsControlPlane;
import io.nodelifecycle.testing.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real API server takes what {@code kubectl apply -k} makes of {@code deploy}. */
@NeedsControlPlane
@EnabledIf("io.nodelifecycle.testing.Kubectl#isThere")
@TestInstance(Lifecycle.PER_CLASS)
final class KustomizeIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** The fields that the component uses, with the Prometheus operator's types, and no others. */
  private static final String SERVICE_MONITORS =
      """
      {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
       "metadata": {"name": "servicemonitors.monitoring.coreos.com"},
       "spec": {"group": "monitoring.coreos.com", "scope": "Namespaced",
         "names": {"kind": "ServiceMonitor", "listKind": "ServiceMonitorList",
           "plural": "servicemonitors", "singular": "servicemonitor"},
         "versions": [{"name": "v1", "served": true, "storage": true,
           "schema": {"openAPIV3Schema": {"type": "object", "required": ["spec"], "properties":
             {"spec": {"type": "object", "required": ["selector", "endpoints"], "properties": {
               "jobLabel": {"type": "string"},
               "targetLabels": {"type": "array", "items": {"type": "string"}},
               "selector": {"type": "object", "properties": {
                 "matchLabels": {"type": "object", "additionalProperties": {"type": "string"}}}},
               "endpoints": {"type": "array", "items": {"type": "object", "properties": {
                 "port": {"type": "string"},
                 "scheme": {"type": "string", "enum": ["http", "https"]},
                 "interval": {"type": "string"},
                 "bearerTokenFile": {"type": "string"},
                 "tlsConfig": {"type": "object", "properties": {
                   "insecureSkipVerify": {"type": "boolean"}}}}}}}}}}}}]}}
      """;

  private final ControlPlane plane = ControlPlane.start();
  private List<String> components = List.of("service-monitor");
  private Path folder;
  private Kubectl kubectl;
  private DeployFolder deploy;

  static List<String> applied() {
    return DeployFolder.APPLIED;
  }

  @BeforeAll
  void prepare(@TempDir Path shared) {
    folder = shared;
    deploy = DeployFolder.copyTo(folder);
    kubectl = new Kubectl(folder, plane.kubeconfig());
    plane
        .admin()
        .post(
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
            ApiClient.json(SERVICE_MONITORS))
        .orThrow();
    var monitors = "/apis/monitoring.coreos.com/v1/servicemonitors";
    assertThat(Pause.until(SOON, () -> plane.admin().get(monitors).isSuccess())).isTrue();
    var schema = "/openapi/v2";
    assertThat(
            Pause.until(
                SOON, () -> plane.admin().get(schema).orThrow().toString().contains(monitors)))
        .as("the server's schema knows ServiceMonitors")
        .isTrue();
    if (!plane.admin().get("/apis/policy/v1").isSuccess()) {
      // A server of that age which was built with Go 1.18 or later crashes on any custom resource.
      components = List.of("kubernetes-1.20");
    }
  }

  /** What kubectl applied in one way, by itself or by the server, the other does not take away. */
  @BeforeEach
  void takeAwayWhatOverlaysDifferIn() {
    kubectl.run("-n", "kube-system", "delete", "deployments,poddisruptionbudgets", "--all");
  }

  @AfterAll
  void stop() {
    plane.close();
  }

  private String kustomization(String applied) {
    return deploy.kustomization(applied, components, "");
  }

  @ParameterizedTest
  @MethodSource("applied")
  void isAcceptedAndAppliedTwiceChangesNothing(String applied) {
    var kustomization = kustomization(applied);
    var objects = Manifest.parse(kubectl.run("kustomize", kustomization));
    assertThat(kubectl.run("apply", "--dry-run=server", "--validate=strict", "-k", kustomization))
        .contains("(server dry run)");
    kubectl.run("apply", "--validate=strict", "-k", kustomization);
    var versions = versions(kustomization);
    assertThat(versions).hasSameSizeAs(objects);
    assertThat(kubectl.run("apply", "--validate=strict", "-k", kustomization).lines())
        .hasSameSizeAs(objects)
        .allMatch(line -> line.endsWith(" unchanged"));
    assertThat(versions(kustomization)).isEqualTo(versions);
  }

  /** By kind, namespace and name, of all objects of a kustomization. */
  private Map<String, String> versions(String kustomization) {
    var versions = new TreeMap<String, String>();
    var list = ApiClient.json(kubectl.run("get", "-k", kustomization, "-o", "json"));
    for (var object : list.path("items")) {
      var found = new Manifest(object);
      var version = object.at("/metadata/resourceVersion").asString();
      var generation = object.at("/metadata/generation").asString("");
      versions.put(key(found), version + " " + generation);
    }
    return versions;
  }

  private static String key(Manifest object) {
    return object.kind() + " " + object.namespace() + "/" + object.name();
  }

  @Test
  void appliedTwiceByTheServerChangesNothing() {
    var kustomization = kustomization("base");
    String[] apply = {
      "apply", "--server-side", "--force-conflicts", "--validate=strict", "-k", kustomization
    };
    kubectl.run(apply);
    var versions = versions(kustomization);
    kubectl.run(apply);
    assertThat(versions(kustomization)).isEqualTo(versions);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "server"})
  void oneOverlayTakesThePlaceOfAnother(String side) {
    var order =
        List.of("base", "overlays/ha", "overlays/single", "base", "overlays/single", "overlays/ha");
    for (var applied : order) {
      var kustomization = kustomization(applied);
      var option = "--server-side=" + side.equals("server");
      kubectl.run("apply", option, "--validate=strict", "-k", kustomization);
      for (var wanted : Manifest.parse(kubectl.run("kustomize", kustomization))) {
        if (wanted.kind().equals("Deployment") || wanted.kind().equals("PodDisruptionBudget")) {
          var there =
              kubectl.run("-n", "kube-system", "get", wanted.kind(), wanted.name(), "-ojson");
          for (var field : List.of("replicas", "strategy", "maxUnavailable")) {
            assertThat(ApiClient.json(there).path("spec").path(field))
                .as("%s of %s", field, applied)
                .isEqualTo(wanted.object().path("spec").path(field));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/spec/template/spec/containers/0/livenessprobe",
        "/spec/template/spec/priorityClass",
        "/spec/template/spec/securityContext/runAsNonroot"
      })
  void anUnknownFieldIsNotAccepted(String path) {
    var patch =
        """
        patches:
          - target: {kind: Deployment}
            patch: |
              - {op: add, path: %s, value: x}
        """
            .formatted(path);
    var kustomization = deploy.kustomization("base", components, patch);
    var answer =
        kubectl.attempt("apply", "--dry-run=server", "--validate=strict", "-k", kustomization);
    assertThat(answer.code()).isNotZero();
    assertThat(answer.complaint())
        .contains("unknown field")
        .contains(path.substring(path.lastIndexOf('/') + 1));
  }

  /** Checked against the definition's schema: that, too, the server gives, and kubectl goes by. */
  @Test
  void theServiceMonitorIsAsItsDefinitionSays() throws IOException {
    var file = Path.of("deploy", "components", "service-monitor", "service-monitor.yaml");
    var text = Files.readString(file);
    assertThat(create(text).output()).contains("created (dry run)");
    for (var wrong :
        List.of(
            text.replace("jobLabel:", "jobLable:"),
            text.replace("insecureSkipVerify: true", "insecureSkipVerify: often"))) {
      assertThat(wrong).isNotEqualTo(text);
      assertThat(create(wrong).code()).isNotZero();
    }
  }

  private Kubectl.Answer create(String yaml) throws IOException {
    var file = Files.createTempFile(folder, "object-", ".yaml");
    Files.writeString(file, yaml);
    return kubectl.attempt(
        "create", "--dry-run=client", "--validate=strict", "-f", file.toString());
  }

  @Test
  void theDryRunLeavesWhatActsAlone() {
    var acting = kustomization("base");
    kubectl.run("apply", "-k", acting);
    var before = versions(acting);
    kubectl.run("apply", "-k", kustomization("overlays/dry-run"));
    assertThat(versions(acting)).isEqualTo(before);
  }
}
