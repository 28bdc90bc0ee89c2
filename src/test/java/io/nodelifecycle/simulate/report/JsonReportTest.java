package io.nodelifecycle.simulate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.nodelifecycle.simulate.record.SimulationRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JsonReportTest {
  @ParameterizedTest
  @CsvSource({
    "/version, 1",
    "/runs/0/title, defaults",
    "/runs/0/length, 1200",
    "/runs/0/nodes, 6",
    "/runs/0/pods, 12",
    "/runs/0/zones/1, b",
    "/runs/0/flags/node-eviction-rate, 0.01",
    "/runs/0/summary/stages/NODE_UNKNOWN/count, 2",
    "/runs/0/summary/stages/POD_EVICTED/first, 641",
    "/runs/0/summary/stages/POD_EVICTED/last, 642",
    "/runs/0/summary/zones/0/stages/NODE_TAINTED/median, 341",
    "/runs/0/summary/workloads/0/workload, shop/StatefulSet/db",
    "/runs/0/summary/workloads/0/evictions/first, 642",
    "/runs/0/summary/untainted/0/names/0, node-5",
    "/runs/0/summary/stops/0/from, 340",
    "/runs/0/summary/stops/0/ended, true",
    "/runs/0/summary/level/podsFewest, 8",
    "/runs/0/summary/level/podsFewestAt, 600",
    "/runs/0/summary/requests/total, 39",
    "/runs/0/summary/peak/requests, 7",
    "/runs/0/workloads/1/lostAllAt, 300",
    "/runs/0/workloads/1/lostAllFor, 382",
    "/runs/0/untainted/0/deadSince, 300",
    "/runs/0/happenings/5/kind, NODE_TAINTED",
    "/runs/0/happenings/7/workload, shop/StatefulSet/db",
    "/runs/0/samples/2/at, 1200",
    "/runs/0/samples/1/zones/b/unknown, 2",
    "/runs/0/samples/1/zones/b/tainted, 1",
    "/runs/0/samples/1/zones/b/requests, 8",
    "/runs/0/samples/1/sharedRequests, 5"
  })
  void everythingIsThere(String pointer, String value) throws IOException {
    var json = read(SmallRecords.twoNodesDie("defaults"));
    assertThat(json.at(pointer).asString()).isEqualTo(value);
  }

  @Test
  void whatNeverHappenedIsNotThere() throws IOException {
    var json = read(SmallRecords.twoNodesDie("defaults"));
    assertThat(json.at("/runs/0/workloads/0").has("lostAllAt")).isFalse();
    assertThat(json.has("comparison")).isFalse();
  }

  @Test
  void recordsAreCompared() throws IOException {
    var json = read(SmallRecords.twoNodesDie("a"), SmallRecords.empty());
    assertThat(json.at("/runs/1/happenings").isEmpty()).isTrue();
    assertThat(json.at("/comparison/rows/1/measure").asString()).isEqualTo("FIRST_UNKNOWN");
    assertThat(json.at("/comparison/rows/1/values/0").asInt()).isEqualTo(340);
    assertThat(json.at("/comparison/rows/1/values/1").isNull()).isTrue();
    assertThat(json.at("/comparison/differences/0/title").asString()).isEqualTo("run 2");
    assertThat(json.at("/comparison/warnings").size()).isEqualTo(2);
  }

  @Test
  void namesComeBackAsTheyWere() throws IOException {
    var json = read(SmallRecords.hostile());
    assertThat(json.at("/runs/0/title").asString()).isEqualTo(SmallRecords.HOSTILE);
    assertThat(json.at("/runs/0/samples/0/zones").propertyNames())
        .containsExactly(SmallRecords.HOSTILE);
  }

  @Test
  void timeIsExactToTheMillisecond() throws IOException {
    var json = read(MadeUpOutage.large("large", 1).record());
    assertThat(json.at("/runs/0/happenings/202/at").asString()).isEqualTo("641.03");
    assertThat(json.at("/runs/0/happenings").size()).isEqualTo(37_801);
  }

  @Test
  void fullDiskIsReported() {
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left");
          }
        };
    assertThatIOException()
        .isThrownBy(() -> JsonReport.write(List.of(SmallRecords.empty()), full))
        .withMessageContaining("no space left");
  }

  private static JsonNode read(SimulationRecord... records) throws IOException {
    var out = new ByteArrayOutputStream();
    JsonReport.write(List.of(records), out);
    return JsonMapper.shared().readTree(out.toByteArray());
  }
}
