package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsTableTest {
  private static final String YAML =
      """
      node-monitor-period: 4s
      pod-eviction-timeout: 5m
      feature-gates:
        PodDisruptionConditions: false
      """;

  @Test
  void alignsColumnsAndMarksWhatDiffers() {
    var text = CommandLines.fileRun(YAML, "--kube-api-qps=25", "--controllers=*").table().text();

    assertThat(text.lines().map(line -> line.replaceAll(" +", " ")))
        .startsWith(" NAME VALUE DEFAULT SOURCE", "* node-monitor-period 4s 5s c.yaml:1")
        .contains(
            " node-monitor-grace-period 50s 50s default",
            " pod-eviction-timeout 5m0s 5m0s c.yaml:2",
            " controllers * * flag",
            " feature-gates/TaintBasedEvictions true true default",
            "* feature-gates/PodDisruptionConditions false true c.yaml:4",
            " kubeconfig - - default",
            "* master https://10.1.2.3:6443 - flag",
            "* kube-api-qps 25 20 flag",
            "* leader-elect false true flag")
        .noneMatch(line -> line.contains("help") || line.contains("config.yaml"));
    int column = text.lines().findFirst().orElseThrow().indexOf("VALUE");
    assertThat(text.lines())
        .allMatch(line -> line.charAt(column) != ' ' && line.charAt(column - 1) == ' ');
  }

  @Test
  void isOneRecordToo() {
    var record = CommandLines.fileRun(YAML, "--kube-api-qps=25").table().record();

    assertThat(record)
        .containsEntry(
            "node-monitor-period", Map.of("value", "4s", "default", "5s", "source", "c.yaml:1"))
        .containsEntry("kube-api-qps", Map.of("value", "25", "default", "20", "source", "flag"))
        .containsEntry("kubeconfig", Map.of("value", "", "default", "", "source", "default"))
        .containsEntry(
            "feature-gates/PodDisruptionConditions",
            Map.of("value", "false", "default", "true", "source", "c.yaml:4"))
        .doesNotContainKeys("help", "version", "config", "feature-gates");
  }
}
