package io.nodelifecycle.sandbox.screen;

import io.nodelifecycle.sandbox.screen.Scene.Coming;
import io.nodelifecycle.sandbox.screen.Scene.Health;
import io.nodelifecycle.sandbox.screen.Scene.NodeView;
import io.nodelifecycle.sandbox.screen.Scene.ZoneView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Draws a scene as lines, none longer than the width, no more of them than the height. */
public final class SceneDrawing {
  private static final int WIDTH_MIN = 40;
  private static final int HEIGHT_MIN = 12;
  private static final int LINES_BESIDES_ZONES = 9;
  private static final int CELL = 19;
  private static final String LEGEND =
      "+ Ready . silent ? Unknown ! NotReady  S NoSchedule X NoExecute  2-4 pods-ending";

  private final Paint paint;
  private final int width;
  private final int height;

  /** A drawing for a terminal of this size; never smaller than is legible. */
  public SceneDrawing(Paint paint, int width, int height) {
    this.paint = paint;
    this.width = Math.max(WIDTH_MIN, width);
    this.height = Math.max(HEIGHT_MIN, height);
  }

  /** The lines, without line ends. */
  public List<String> lines(Scene scene) {
    var lines = new ArrayList<String>();
    lines.add(paint.strong(cut(header(scene))));
    lines.add(cut(scene.chapter()));
    lines.addAll(zones(scene.zones()));
    lines.add(paint.faint(cut(LEGEND)));
    int left = height - lines.size() - scene.hints().size() - 3;
    int upcoming = Math.clamp(left / 2, 1, Math.max(1, scene.upcoming().size()));
    lines.add(paint.strong("Next"));
    scene.upcoming().stream().limit(upcoming).forEach(coming -> lines.add(cut(text(coming))));
    if (scene.upcoming().isEmpty()) {
      lines.add("  nothing");
    }
    int changes = Math.max(1, left - Math.max(1, Math.min(upcoming, scene.upcoming().size())));
    lines.add(paint.strong("Seen"));
    int skipped = Math.max(0, scene.changes().size() - changes);
    scene.changes().stream()
        .skip(skipped)
        .forEach(change ->
            lines.add(cut("  %7.1f s  %s".formatted(seconds(change.at()), change.text()))));
    scene.hints().forEach(hint -> lines.add(paint.faint(cut(hint))));
    return lines.subList(0, Math.min(lines.size(), height - 1));
  }

  private String header(Scene scene) {
    var tally = scene.tally();
    var right =
        "%d of %d expectations held%s%s"
            .formatted(
                tally.held(),
                tally.all(),
                tally.broken() == 0 ? "" : ", " + tally.broken() + " BROKEN",
                tally.brokenRules() == 0 ? "" : "; " + tally.brokenRules() + " RULES BROKEN");
    var left =
        "%s  %.0f/%d s".formatted(scene.title(), seconds(scene.at()), scene.end().toSeconds());
    int gap = width - left.length() - right.length();
    return gap > 0 ? left + " ".repeat(gap) + right : right + "  " + left;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static String text(Coming coming) {
    return "  in %4.0f s  %s".formatted(Math.ceil(seconds(coming.in())), coming.text());
  }

  /** Cells where they fit, else one character for each node, else numbers. */
  private List<String> zones(List<ZoneView> zones) {
    int most = Math.min(height / 2, height - LINES_BESIDES_ZONES);
    var cells = zones.stream().flatMap(zone -> cells(zone).stream()).toList();
    if (cells.size() <= most) {
      return cells;
    }
    var dots = zones.stream().flatMap(zone -> dots(zone).stream()).toList();
    if (dots.size() <= most) {
      return dots;
    }
    var numbers =
        new ArrayList<>(zones.stream().map(zone -> cut(title(zone) + counts(zone))).toList());
    if (numbers.size() > most) {
      int hidden = numbers.size() - most + 1;
      numbers.subList(most - 1, numbers.size()).clear();
      numbers.add(cut("and " + hidden + " more zones"));
    }
    return numbers;
  }

  private static String title(ZoneView zone) {
    return "zone %-3s %-17s ".formatted(zone.name(), zone.state());
  }

  private List<String> cells(ZoneView zone) {
    var lines = new ArrayList<String>();
    lines.add(paint.strong(cut(title(zone).stripTrailing())));
    int perLine = Math.max(1, (width - 1) / CELL);
    for (int from = 0; from < zone.nodes().size(); from += perLine) {
      var line = new StringBuilder(" ");
      zone.nodes().stream().skip(from).limit(perLine).forEach(node -> line.append(cell(node)));
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private String cell(NodeView node) {
    var pods = node.terminating() == 0 ? "" + node.pods() : node.pods() + "-" + node.terminating();
    var text =
        "%c%c%c %s %s"
            .formatted(
                node.health().symbol(),
                node.isNoSchedule() ? 'S' : ' ',
                node.isNoExecute() ? 'X' : ' ',
                node.name(),
                pods);
    var padded = text.length() >= CELL ? text.substring(0, CELL - 1) + " " : pad(text);
    return coloured(node.health(), padded);
  }

  private static String pad(String text) {
    return text + " ".repeat(CELL - text.length());
  }

  private String coloured(Health health, String text) {
    return switch (health) {
      case READY -> paint.good(text);
      case SILENT -> paint.warning(text);
      case UNKNOWN, NOT_READY -> paint.bad(text);
    };
  }

  private List<String> dots(ZoneView zone) {
    var lines = new ArrayList<String>();
    lines.add(paint.strong(cut(title(zone) + counts(zone))));
    int perLine = width - 2;
    for (int from = 0; from < zone.nodes().size(); from += perLine) {
      var line = new StringBuilder(" ");
      int to = Math.min(zone.nodes().size(), from + perLine);
      zone.nodes().subList(from, to).forEach(node -> line.append(dot(node)));
      lines.add(line.toString());
    }
    return lines;
  }

  private String dot(NodeView node) {
    char symbol = node.isNoExecute() ? 'X' : node.health().symbol();
    return coloured(node.health(), Character.toString(symbol));
  }

  private static String counts(ZoneView zone) {
    Map<Health, Integer> counts = new EnumMap<>(Health.class);
    int evicting = 0;
    int pods = 0;
    for (var node : zone.nodes()) {
      counts.merge(node.health(), 1, Integer::sum);
      evicting += node.isNoExecute() ? 1 : 0;
      pods += node.pods();
    }
    var text = new StringBuilder();
    counts.forEach((health, count) -> text.append("%d %s, ".formatted(count, health.word())));
    return text + "%d NoExecute, %d pods".formatted(evicting, pods);
  }

  private String cut(String text) {
    return Lines.cut(text, width);
  }
}
