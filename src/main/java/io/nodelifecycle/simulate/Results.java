package io.nodelifecycle.simulate;

import io.nodelifecycle.simulate.record.SimulationRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts results where the command line wants them. */
final class Results {
  private final SimulateOptions.Output options;
  private final ResultFormat format;
  private final PrintStream out;

  /** Writes a form of the results. */
  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** For results that go to files and to this stream. */
  Results(SimulateOptions.Output options, ResultFormat format, PrintStream out) {
    this.options = options;
    this.format = format;
    this.out = out;
  }

  /** Why results could not be written, found out before there are any. */
  List<String> obstacles() {
    var obstacles = new ArrayList<String>();
    options.report().flatMap(file -> obstacle("--report", file)).ifPresent(obstacles::add);
    jsonFile().flatMap(file -> obstacle("--json", file)).ifPresent(obstacles::add);
    return obstacles;
  }

  private Optional<Path> jsonFile() {
    return options
        .json()
        .flatMap(json ->
            switch (json) {
              case SimulateOptions.Json.File(var file) -> Optional.of(file);
              case SimulateOptions.Json.StandardOutput() -> Optional.empty();
            });
  }

  private static Optional<String> obstacle(String option, Path file) {
    var folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      return Optional.of(option + "=" + file + ": is a folder; name a file");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      return Optional.of(option + "=" + file + ": is in a folder that does not exist; create it");
    }
    return Files.isWritable(Files.exists(file) ? file : folder)
        ? Optional.empty()
        : Optional.of(option + "=" + file + ": may not be written by this user; name another");
  }

  /** Shows what one simulation came to. */
  void show(SimulationRecord record) {
    if (!options.isJsonOnStandardOutput()) {
      out.print(format.timeline(record, options.isTimelineFolded()));
      out.println();
      out.print(format.summary(record));
      out.println();
      out.flush();
    }
  }

  /**
   * Shows several side by side and writes the files.
   *
   * @throws IOException if a file cannot be written; its message names the file
   */
  void finish(List<SimulationRecord> records) throws IOException {
    if (records.size() > 1 && !options.isJsonOnStandardOutput()) {
      out.print(format.comparison(records));
    }
    if (options.isJsonOnStandardOutput()) {
      format.writeJson(records, out);
    }
    var report = options.report();
    if (report.isPresent()) {
      write(report.get(), stream -> format.writeHtml(records, stream));
    }
    var json = jsonFile();
    if (json.isPresent()) {
      write(json.get(), stream -> format.writeJson(records, stream));
    }
    out.flush();
  }

  private void write(Path file, Writing writing) throws IOException {
    try (var stream = new BufferedOutputStream(Files.newOutputStream(file))) {
      writing.to(stream);
    } catch (IOException failure) {
      throw new IOException(file + " cannot be written: " + failure.getMessage(), failure);
    }
    if (!options.isJsonOnStandardOutput()) {
      out.println("written: " + file);
    }
  }
}
