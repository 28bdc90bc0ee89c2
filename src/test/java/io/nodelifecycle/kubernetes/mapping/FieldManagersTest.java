package io.nodelifecycle.kubernetes.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.Observation.ReadOutcome.Writers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who wrote is taken from the newest entry that owns the field. */
final class FieldManagersTest {
  private static final String TAINTS = "{\"f:spec\": {\"f:taints\": {}}}";
  private static final String READY =
      "{\"f:status\": {\"f:conditions\": {\"k:{\\\"type\\\":\\\"Ready\\\"}\": {\"f:status\":"
          + " {}}}}}";
  private static final String OTHER_CONDITION =
      "{\"f:status\": {\"f:conditions\": {\"k:{\\\"type\\\":\\\"X\\\"}\": {\"f:status\": {}}}}}";
  private static final String HEARTBEAT =
      "{\"f:status\": {\"f:conditions\": {\"k:{\\\"type\\\":\\\"Ready\\\"}\":"
          + " {\"f:lastHeartbeatTime\": {}}}}}";

  private static Writers read(String node) {
    try (var json = JsonCursor.over(node.getBytes(StandardCharsets.UTF_8))) {
      json.nextDocument();
      return FieldManagers.read(json);
    }
  }

  private static String entry(String manager, int minute, String fields) {
    return """
    {"manager": "%s", "operation": "Update", "time": "2030-01-01T00:%02d:00Z",
     "fieldsType": "FieldsV1", "fieldsV1": %s}\
    """
        .formatted(manager, minute, fields);
  }

  private static String node(String... entries) {
    return "{\"kind\": \"Node\", \"metadata\": {\"name\": \"n\", \"managedFields\": %s}}"
        .formatted(List.of(entries));
  }

  @Test
  void theNewestOwnerCounts() {
    assertThat(
            read(
                node(
                    entry("a", 3, TAINTS),
                    entry("b", 5, TAINTS),
                    entry("c", 4, TAINTS),
                    entry("kubelet", 2, HEARTBEAT),
                    entry("kubelet", 9, OTHER_CONDITION),
                    entry("d", 1, READY))))
        .isEqualTo(new Writers("d", "b"));
  }

  @Test
  void whatIsNotThereOrOddSaysNothing() {
    for (var node :
        List.of(
            "{}",
            "[]",
            "{\"metadata\": {\"managedFields\": {}}}",
            "{\"metadata\": {\"managedFields\": [1, {}, {\"manager\": 5, \"fieldsV1\": []}]}}",
            "{\"metadata\": {\"managedFields\": [{\"manager\": \"a\", \"fieldsV1\":"
                + " {\"f:spec\": 1, \"f:status\": {\"f:conditions\": 2}}}]}}",
            node(entry("kubelet", 1, HEARTBEAT)))) {
      assertThat(read(node)).as(node).isEqualTo(Writers.UNKNOWN);
    }
  }

  @Test
  void anEntryWithoutATimeCountsIfThereIsNoOther() {
    assertThat(
            read(
                "{\"metadata\": {\"managedFields\": [{\"manager\": \"a\", \"fieldsV1\": "
                    + TAINTS
                    + "}]}}"))
        .isEqualTo(new Writers("", "a"));
  }
}
