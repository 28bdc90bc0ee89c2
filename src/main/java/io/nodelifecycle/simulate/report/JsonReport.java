package io.nodelifecycle.simulate.report;

import io.nodelifecycle.simulate.record.Happening;
import io.nodelifecycle.simulate.record.Sample;
import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.record.WorkloadRecord;
import io.nodelifecycle.simulate.report.figures.Comparison;
import io.nodelifecycle.simulate.report.figures.Summary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Records as JSON, for programs: everything that is in them and the figures of the summary.
 *
 * <p>One object. {@code version} is {@value #VERSION}; it grows when a field changes its meaning or
 * goes, not when one is added. Times and lengths are seconds as numbers with at most three
 * decimals, times counted from the beginning of the outage. What never happened is not there.
 *
 * <pre>
 * version
 * runs[]        one per record
 *   title, length, nodes, pods, zones[]
 *   flags       {name: value}
 *   summary     see {@link SummaryJson}
 *   workloads[] namespace, kind, name, replicas, evicted, fewestReady, lostAllAt, lostAllFor
 *   untainted[] zone, name, deadSince, reason
 *   happenings[] at, kind, zone, subject, workload, text
 *   samples[]   at, sharedRequests, failedRequests, zones {name: {ready, notReady, unknown, dead,
 *               tainted, readyPods, evictedPods, requests}}
 * comparison    with two or more records
 *   warnings[]
 *   rows[]      measure, unit (COUNT, MOMENT, LENGTH), values[] (null: never)
 *   differences[] title, words[]
 * </pre>
 */
public final class JsonReport {
  /** Of the form of the JSON. */
  public static final int VERSION = 1;

  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private JsonReport() {}

  /**
   * Writes UTF-8 and a newline, as it goes, and leaves the stream open.
   *
   * @throws IOException if writing fails
   */
  public static void write(List<SimulationRecord> records, OutputStream out) throws IOException {
    try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("version", VERSION);
      json.writeArrayPropertyStart("runs");
      records.forEach(record -> run(json, record));
      json.writeEndArray();
      if (records.size() > 1) {
        SummaryJson.comparison(json, Comparison.of(records));
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  private static void run(JsonGenerator json, SimulationRecord record) {
    json.writeStartObject();
    json.writeStringProperty("title", record.title());
    time(json, "length", record.length());
    json.writeNumberProperty("nodes", record.nodes());
    json.writeNumberProperty("pods", record.pods());
    json.writeArrayPropertyStart("zones");
    record.zones().forEach(json::writeString);
    json.writeEndArray();
    json.writeObjectPropertyStart("flags");
    record.flags().forEach(json::writeStringProperty);
    json.writeEndObject();
    SummaryJson.summary(json, Summary.of(record));
    workloads(json, record.workloads());
    untainted(json, record);
    happenings(json, record.happenings());
    samples(json, record.samples());
    json.writeEndObject();
  }

  private static void workloads(JsonGenerator json, List<WorkloadRecord> workloads) {
    json.writeArrayPropertyStart("workloads");
    for (var workload : workloads) {
      json.writeStartObject();
      json.writeStringProperty("namespace", workload.namespace());
      json.writeStringProperty("kind", workload.kind());
      json.writeStringProperty("name", workload.name());
      json.writeNumberProperty("replicas", workload.replicas());
      json.writeNumberProperty("evicted", workload.evicted());
      json.writeNumberProperty("fewestReady", workload.fewestReady());
      workload.lostAllAt().ifPresent(at -> time(json, "lostAllAt", at));
      time(json, "lostAllFor", workload.lostAllFor());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void untainted(JsonGenerator json, SimulationRecord record) {
    json.writeArrayPropertyStart("untainted");
    for (var node : record.untainted()) {
      json.writeStartObject();
      json.writeStringProperty("zone", node.zone());
      json.writeStringProperty("name", node.name());
      time(json, "deadSince", node.deadSince());
      json.writeStringProperty("reason", node.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void happenings(JsonGenerator json, List<Happening> happenings) {
    json.writeArrayPropertyStart("happenings");
    for (var happening : happenings) {
      json.writeStartObject();
      time(json, "at", happening.at());
      json.writeStringProperty("kind", happening.kind().name());
      json.writeStringProperty("zone", happening.zone());
      json.writeStringProperty("subject", happening.subject());
      json.writeStringProperty("workload", happening.workload());
      json.writeStringProperty("text", happening.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void samples(JsonGenerator json, List<Sample> samples) {
    json.writeArrayPropertyStart("samples");
    for (var sample : samples) {
      json.writeStartObject();
      time(json, "at", sample.at());
      json.writeNumberProperty("sharedRequests", sample.sharedRequests());
      json.writeNumberProperty("failedRequests", sample.failedRequests());
      json.writeObjectPropertyStart("zones");
      new TreeMap<>(sample.zones()).entrySet().forEach(zone -> zone(json, zone));
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void zone(JsonGenerator json, Map.Entry<String, Sample.ZoneSample> entry) {
    var zone = entry.getValue();
    json.writeObjectPropertyStart(entry.getKey());
    json.writeNumberProperty("ready", zone.ready());
    json.writeNumberProperty("notReady", zone.notReady());
    json.writeNumberProperty("unknown", zone.unknown());
    json.writeNumberProperty("dead", zone.dead());
    json.writeNumberProperty("tainted", zone.tainted());
    json.writeNumberProperty("readyPods", zone.readyPods());
    json.writeNumberProperty("evictedPods", zone.evictedPods());
    json.writeNumberProperty("requests", zone.requests());
    json.writeEndObject();
  }

  /** Seconds; whole ones without a point. */
  static void time(JsonGenerator json, String name, Duration time) {
    json.writeName(name);
    time(json, time);
  }

  static void time(JsonGenerator json, Duration time) {
    if (time.toMillis() % 1000 == 0) {
      json.writeNumber(time.toSeconds());
    } else {
      json.writeNumber(BigDecimal.valueOf(time.toMillis(), 3));
    }
  }
}
