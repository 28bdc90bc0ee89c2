package io.nodelifecycle.simulate.report;

import io.nodelifecycle.simulate.report.figures.Comparison;
import io.nodelifecycle.simulate.report.figures.Measure;
import io.nodelifecycle.simulate.report.figures.Moments;
import io.nodelifecycle.simulate.report.figures.Stage;
import io.nodelifecycle.simulate.report.figures.Summary;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * The figures of a summary and of a comparison as JSON.
 *
 * <pre>
 * stages        {STAGE: {count, first, median, last}}
 * zones[]       zone, stages
 * workloads[]   workload, evictions {count, first, median, last}, replacements
 * untainted[]   zone, reason, count, names[]
 * stops[]       from, to, ended
 * level         podsAtStart, podsFewest, podsFewestAt, podsAtEnd, taintedMost, taintedAtEnd,
 *               deadMost, deadAtEnd
 * requests      total, failed
 * peak          requests, at
 * </pre>
 */
final class SummaryJson {
  private SummaryJson() {}

  static void summary(JsonGenerator json, Summary summary) {
    json.writeObjectPropertyStart("summary");
    stages(json, summary.stages());
    json.writeArrayPropertyStart("zones");
    for (var zone : summary.zones()) {
      json.writeStartObject();
      json.writeStringProperty("zone", zone.zone());
      stages(json, zone.stages());
      json.writeEndObject();
    }
    json.writeEndArray();
    workloads(json, summary);
    untainted(json, summary);
    stops(json, summary);
    level(json, summary.level());
    json.writeObjectPropertyStart("requests");
    json.writeNumberProperty("total", summary.requests().total());
    json.writeNumberProperty("failed", summary.requests().failed());
    json.writeEndObject();
    json.writeObjectPropertyStart("peak");
    json.writeNumberProperty("requests", summary.peak().requests());
    JsonReport.time(json, "at", summary.peak().at());
    json.writeEndObject();
    json.writeEndObject();
  }

  static void comparison(JsonGenerator json, Comparison comparison) {
    json.writeObjectPropertyStart("comparison");
    json.writeArrayPropertyStart("warnings");
    comparison.warnings().forEach(json::writeString);
    json.writeEndArray();
    json.writeArrayPropertyStart("rows");
    for (var row : comparison.rows()) {
      json.writeStartObject();
      json.writeStringProperty("measure", row.measure().name());
      json.writeStringProperty("unit", row.measure().unit().name());
      json.writeArrayPropertyStart("values");
      row.cells().forEach(cell -> value(json, cell));
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("differences");
    for (var differences : comparison.differences()) {
      json.writeStartObject();
      json.writeStringProperty("title", differences.title());
      json.writeArrayPropertyStart("words");
      differences.words().forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, Measure.Cell cell) {
    if (cell.value().isEmpty()) {
      json.writeNull();
    } else if (cell.unit() == Measure.Unit.COUNT) {
      json.writeNumber(cell.value().getAsLong());
    } else {
      JsonReport.time(json, Duration.ofMillis(cell.value().getAsLong()));
    }
  }

  private static void stages(JsonGenerator json, Map<Stage, Moments> stages) {
    json.writeObjectPropertyStart("stages");
    stages.forEach((stage, moments) -> moments(json, stage.name(), moments));
    json.writeEndObject();
  }

  private static void moments(JsonGenerator json, String name, Moments moments) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("count", moments.count());
    moments
        .times()
        .ifPresent(times -> {
          JsonReport.time(json, "first", times.first());
          JsonReport.time(json, "median", times.median());
          JsonReport.time(json, "last", times.last());
        });
    json.writeEndObject();
  }

  private static void workloads(JsonGenerator json, Summary summary) {
    json.writeArrayPropertyStart("workloads");
    for (var row : summary.workloads()) {
      json.writeStartObject();
      json.writeStringProperty("workload", row.workload().title());
      moments(json, "evictions", row.evictions());
      moments(json, "replacements", row.replacements());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void untainted(JsonGenerator json, Summary summary) {
    json.writeArrayPropertyStart("untainted");
    for (var group : summary.untainted()) {
      json.writeStartObject();
      json.writeStringProperty("zone", group.zone());
      json.writeStringProperty("reason", group.reason());
      json.writeNumberProperty("count", group.names().size());
      json.writeArrayPropertyStart("names");
      group.names().forEach(json::writeString);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void stops(JsonGenerator json, Summary summary) {
    json.writeArrayPropertyStart("stops");
    for (var stop : summary.stops()) {
      json.writeStartObject();
      JsonReport.time(json, "from", stop.from());
      JsonReport.time(json, "to", stop.to());
      json.writeBooleanProperty("ended", stop.ended());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void level(JsonGenerator json, Summary.Level level) {
    json.writeObjectPropertyStart("level");
    json.writeNumberProperty("podsAtStart", level.podsAtStart());
    json.writeNumberProperty("podsFewest", level.podsFewest());
    JsonReport.time(json, "podsFewestAt", level.podsFewestAt());
    json.writeNumberProperty("podsAtEnd", level.podsAtEnd());
    json.writeNumberProperty("taintedMost", level.taintedMost());
    json.writeNumberProperty("taintedAtEnd", level.taintedAtEnd());
    json.writeNumberProperty("deadMost", level.deadMost());
    json.writeNumberProperty("deadAtEnd", level.deadAtEnd());
    json.writeEndObject();
  }
}
