package io.nodelifecycle.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.ApiClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The dashboard for Grafana in deploy/monitoring. */
final class DashboardTest {
  private static final int COLUMNS = 24;
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)\\}?");
  private static final Set<String> OF_GRAFANA = Set.of("__rate_interval");

  private JsonNode dashboard = ApiClient.json("{}");

  @BeforeEach
  void read() throws IOException {
    dashboard = ApiClient.json(Files.readString(Path.of("deploy/monitoring/dashboard.json")));
  }

  private List<JsonNode> panels() {
    return dashboard.at("/panels").valueStream().toList();
  }

  private List<JsonNode> drawings() {
    return panels().stream().filter(panel -> !panel.at("/type").asString().equals("row")).toList();
  }

  @Test
  void itsPanelsAskForMetricsThatThereAre() {
    var served = new ServedMetrics();
    assertThat(drawings())
        .hasSizeGreaterThan(20)
        .allSatisfy(panel ->
            assertThat(panel.at("/targets").valueStream())
                .isNotEmpty()
                .allSatisfy(target -> served.check(target.at("/expr").asString())));
  }

  @Test
  void itsLegendsNameLabelsThatAreLeft() {
    for (var panel : drawings()) {
      for (var target : panel.at("/targets")) {
        var grouping = new HashSet<>(PromQuery.parse(target.at("/expr").asString()).grouping());
        grouping.add("instance");
        var legend = target.at("/legendFormat").asString();
        Pattern.compile("\\{\\{(\\w+)\\}\\}")
            .matcher(legend)
            .results()
            .forEach(label -> assertThat(grouping).as(legend).contains(label.group(1)));
      }
    }
  }

  @Test
  void everyPanelHasATitleAnExplanationAUnitAndTheChosenDataSource() {
    assertThat(drawings())
        .allSatisfy(panel -> {
          assertThat(panel.at("/title").asString()).isNotBlank();
          assertThat(panel.at("/description").asString()).endsWith(".");
          assertThat(panel.at("/fieldConfig/defaults/unit").asString()).isNotBlank();
          assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
          assertThat(panel.at("/targets").valueStream())
              .allMatch(target -> target.at("/datasource/uid").asString().equals("${datasource}"));
        });
  }

  @Test
  void idsAndTitlesAreThereOnce() {
    assertThat(panels()).extracting(panel -> panel.at("/id").asInt()).doesNotHaveDuplicates();
    assertThat(panels()).extracting(panel -> panel.at("/title").asString()).doesNotHaveDuplicates();
    for (var panel : drawings()) {
      assertThat(panel.at("/targets").valueStream().map(target -> target.at("/refId").asString()))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void panelsFillTheGridWithoutOverlap() {
    var taken = new HashMap<List<Integer>, String>();
    for (var panel : panels()) {
      var place = panel.at("/gridPos");
      var right = place.at("/x").asInt() + place.at("/w").asInt();
      assertThat(right).as("%s", panel.at("/title")).isLessThanOrEqualTo(COLUMNS);
      for (var x = place.at("/x").asInt(); x < right; x++) {
        for (var y = place.at("/y").asInt();
            y < place.at("/y").asInt() + place.at("/h").asInt();
            y++) {
          var title = panel.at("/title").asString();
          assertThat(taken.put(List.of(x, y), title)).as("%s at %d, %d", title, x, y).isNull();
        }
      }
    }
  }

  @Test
  void everyVariableIsDefinedAndUsed() {
    var defined =
        dashboard
            .at("/templating/list")
            .valueStream()
            .map(variable -> variable.at("/name").asString())
            .collect(Collectors.toSet());
    assertThat(defined).isEqualTo(Set.of("datasource", "job", "zone"));
    var used =
        VARIABLE
            .matcher(dashboard.at("/panels").toString())
            .results()
            .map(variable -> variable.group(1))
            .filter(name -> !OF_GRAFANA.contains(name))
            .collect(Collectors.toSet());
    assertThat(used).isEqualTo(defined);
  }

  @Test
  void hasWhatAnImportNeeds() {
    assertThat(dashboard.at("/uid").asString()).isEqualTo("node-lifecycle-controller");
    assertThat(dashboard.at("/title").asString()).isNotBlank();
    assertThat(dashboard.at("/schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
    assertThat(dashboard.has("id")).isFalse();
  }
}
