package io.nodelifecycle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@NeedsControlPlane
final class ControlPlaneIT {
  private static final String NODES = "/api/v1/nodes";

  @Test
  void objectsSurviveARestartOfTheApiServerAndNotAClear() {
    try (var plane = ControlPlane.start()) {
      var names = new CopyOnWriteArrayList<String>();
      try (var _ =
          plane
              .admin()
              .watch(NODES, event -> names.add(event.at("/object/metadata/name").asString()))) {
        plane.admin().post(NODES, node("one")).orThrow();
        assertThat(Pause.until(Duration.ofSeconds(5), () -> names.contains("one"))).isTrue();
      }
      plane.stopApiServer();
      plane.startApiServer();
      assertThat(plane.admin().get(NODES + "/one").status()).isEqualTo(200);
      plane.clear();
      assertThat(plane.admin().get(NODES + "/one").status()).isEqualTo(404);
    }
  }

  @Test
  void underRbacAUserMayOnlyWhatItsRulesSay() {
    var user = new ControlPlane.User("somebody");
    try (var plane = ControlPlane.start(ControlPlane.Authorization.RBAC, List.of(user));
        var client = plane.as(user)) {
      assertThat(client.get(NODES).status()).isEqualTo(403);
      assertThat(plane.admin().get(NODES).status()).isEqualTo(200);
    }
  }

  private static JsonNode node(String name) {
    return ApiClient.json(
        """
        {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "%s"}}
        """
            .formatted(name));
  }
}
