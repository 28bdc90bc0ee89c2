package io.nodelifecycle.parity.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The scenarios of the project: every file of a folder. */
public final class ScenarioFiles {
  private static final Path FOLDER = Path.of("src/test/resources/parity");

  private ScenarioFiles() {}

  /** The names of all scenarios, sorted. */
  public static List<String> names() {
    try (var files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + FOLDER, e);
    }
  }

  /** Reads the scenario of that name. */
  public static ScenarioOutcome read(String name) {
    var file = FOLDER.resolve(name + ".yaml");
    try {
      return ScenarioReader.read(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
