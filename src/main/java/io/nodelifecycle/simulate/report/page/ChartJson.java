package io.nodelifecycle.simulate.report.page;

import io.nodelifecycle.simulate.record.Sample;
import io.nodelifecycle.simulate.record.Sample.ZoneSample;
import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.report.figures.Comparison;
import io.nodelifecycle.simulate.report.figures.FoldedTimeline;
import io.nodelifecycle.simulate.report.figures.Summary;
import io.nodelifecycle.simulate.report.figures.Wording;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the charts are drawn from, as JSON that cannot end the script element it is put in.
 *
 * <p>Samples are thinned out so that the page stays small: several in a row become one, with the
 * levels of the last and the calls of all.
 */
final class ChartJson {
  private static final int POINTS_MAX = 1_200;
  private static final int POINTS_MIN = 100;
  private static final int POINTS_OF_ALL_ZONES = 36_000;
  private static final int MARKS = 40;
  private static final ZoneSample NOTHING = new ZoneSample(0, 0, 0, 0, 0, 0, 0, 0);
  private static final JsonFactory FACTORY = new JsonFactory();

  private ChartJson() {}

  static String of(List<SimulationRecord> records) {
    var titles = Comparison.titles(records);
    var text = new StringWriter();
    try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      for (int i = 0; i < records.size(); i++) {
        run(json, titles.get(i), records.get(i));
      }
      json.writeEndArray();
    }
    return harmless(text.toString());
  }

  private static void run(JsonGenerator json, String title, SimulationRecord record) {
    var zones = record.zones();
    var buckets = buckets(record.samples(), zones.size());
    json.writeStartObject();
    json.writeStringProperty("title", title);
    json.writeNumberProperty("length", record.length().toSeconds());
    json.writeArrayPropertyStart("zones");
    zones.forEach(zone -> json.writeString(Wording.zone(zone)));
    json.writeEndArray();
    json.writeArrayPropertyStart("times");
    buckets.forEach(bucket -> json.writeNumber(seconds(bucket.last().at())));
    json.writeEndArray();
    levels(json, "ready", zones, buckets, ZoneSample::ready);
    levels(json, "notReady", zones, buckets, ZoneSample::notReady);
    levels(json, "unknown", zones, buckets, ZoneSample::unknown);
    levels(json, "dead", zones, buckets, ZoneSample::dead);
    levels(json, "tainted", zones, buckets, ZoneSample::tainted);
    levels(json, "readyPods", zones, buckets, ZoneSample::readyPods);
    levels(json, "evictedPods", zones, buckets, ZoneSample::evictedPods);
    calls(json, zones, buckets);
    marks(json, record);
    json.writeEndObject();
  }

  private static void levels(
      JsonGenerator json,
      String name,
      List<String> zones,
      List<Bucket> buckets,
      ToIntFunction<ZoneSample> figure) {
    json.writeArrayPropertyStart(name);
    for (var zone : zones) {
      json.writeStartArray();
      for (var bucket : buckets) {
        json.writeNumber(figure.applyAsInt(zone(bucket.last(), zone)));
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** Calls a second: of each zone, and those that concern no zone. */
  private static void calls(JsonGenerator json, List<String> zones, List<Bucket> buckets) {
    json.writeArrayPropertyStart("calls");
    for (var zone : zones) {
      json.writeStartArray();
      buckets.forEach(bucket -> rate(json, bucket, sample -> zone(sample, zone).requests()));
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("sharedCalls");
    buckets.forEach(bucket -> rate(json, bucket, Sample::sharedRequests));
    json.writeEndArray();
  }

  private static void rate(JsonGenerator json, Bucket bucket, ToIntFunction<Sample> requests) {
    long count = bucket.samples().stream().mapToLong(requests::applyAsInt).sum();
    long millis = bucket.length().toMillis();
    json.writeNumber(
        BigDecimal.valueOf(millis == 0 ? 0 : count * 1000.0 / millis)
            .setScale(2, RoundingMode.HALF_UP)
            .stripTrailingZeros());
  }

  private static void marks(JsonGenerator json, SimulationRecord record) {
    json.writeArrayPropertyStart("marks");
    for (var line : FoldedTimeline.outage(record).stream().limit(MARKS).toList()) {
      json.writeStartObject();
      json.writeNumberProperty("at", seconds(line.from()));
      var zone = line.zone().isEmpty() ? "" : Wording.zone(line.zone()) + ": ";
      json.writeStringProperty("text", zone + line.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("stops");
    for (var stop : Summary.of(record).stops()) {
      json.writeStartArray();
      json.writeNumber(seconds(stop.from()));
      json.writeNumber(seconds(stop.to()));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static List<Bucket> buckets(List<Sample> samples, int zones) {
    int points = Math.clamp(POINTS_OF_ALL_ZONES / Math.max(1, zones), POINTS_MIN, POINTS_MAX);
    int each = Math.max(1, Math.ceilDiv(samples.size(), points));
    var buckets = new ArrayList<Bucket>();
    var before = Duration.ZERO;
    for (int i = 0; i < samples.size(); i += i == 0 ? 1 : each) {
      int end = Math.min(samples.size(), i == 0 ? 1 : i + each);
      var bucket = new Bucket(samples.subList(i, end), before);
      buckets.add(bucket);
      before = bucket.last().at();
    }
    return buckets;
  }

  private static ZoneSample zone(Sample sample, String zone) {
    return sample.zones().getOrDefault(zone, NOTHING);
  }

  private static BigDecimal seconds(Duration time) {
    var seconds = BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  /** Without the characters that mean something to a reader of HTML or that end a line there. */
  private static String harmless(String json) {
    var clean = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (c) {
        case '<', '>', '&', '\'', '\u2028', '\u2029' -> clean.append("\\u%04x".formatted((int) c));
        default -> clean.append(c);
      }
    }
    return clean.toString();
  }

  /** Samples in a row, the first of them after {@code before}. */
  private record Bucket(List<Sample> samples, Duration before) {
    Sample last() {
      return samples.getLast();
    }

    Duration length() {
      return last().at().minus(before);
    }
  }
}
