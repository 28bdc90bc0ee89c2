package io.nodelifecycle.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.GeneratedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The alerts in deploy/monitoring: they ask for what there is, and each says what to do. */
final class AlertRulesTest {
  static final Path RULES = Path.of("deploy/monitoring/alerts.yaml");

  private static final Pattern HEADING = Pattern.compile("(?m)^### (\\w+) \\((\\w+)\\)$");
  private static final String HEAD =
      """
      # Written from alerts.yaml by
      #   mvn -q test -Dquick -Dtest=AlertRulesTest -Ddocs=apply
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata:
        name: node-lifecycle-controller
      spec:
      """;

  private static List<JsonNode> rules() throws IOException {
    var yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(RULES));
    JsonNode tree = new JsonMapper().valueToTree(yaml);
    return tree.at("/groups/0/rules").valueStream().toList();
  }

  @Test
  void theOperatorsRuleIsTheSame() throws IOException {
    var text = Files.readString(RULES);
    var groups = text.substring(text.indexOf("groups:")).lines();
    var indented = groups.map(line -> line.isEmpty() ? "\n" : "  " + line + "\n").toList();
    GeneratedDocument.check(
        "../deploy/monitoring/prometheus-rule.yaml",
        HEAD + String.join("", indented),
        "AlertRulesTest");
  }

  @Test
  void theyAskForMetricsThatThereAre() throws IOException {
    var served = new ServedMetrics();
    assertThat(rules()).isNotEmpty().allSatisfy(rule -> served.check(rule.at("/expr").asString()));
  }

  @Test
  void eachIsDescribedWithItsSeverity() throws IOException {
    var headings = HEADING.matcher(Files.readString(Path.of("docs/alerts.md"))).results();
    assertThat(headings.map(heading -> heading.group(1) + " " + heading.group(2)))
        .containsExactlyElementsOf(
            rules().stream()
                .map(rule ->
                    rule.at("/alert").asString() + " " + rule.at("/labels/severity").asString())
                .toList());
  }

  @Test
  void eachSaysWhatItMeansAndWhereToReadOn() throws IOException {
    assertThat(rules())
        .allSatisfy(rule -> {
          var name = rule.at("/alert").asString();
          var severity = rule.at("/labels/severity").asString();
          assertThat(severity).as(name).isIn("critical", "warning");
          assertThat(Stream.of("summary", "description"))
              .as(name)
              .allSatisfy(
                  key -> assertThat(rule.at("/annotations/" + key).asString()).endsWith("."));
          assertThat(rule.at("/annotations/runbook").asString())
              .isEqualTo("docs/alerts.md#%s-%s".formatted(name.toLowerCase(Locale.ROOT), severity));
        });
  }
}
