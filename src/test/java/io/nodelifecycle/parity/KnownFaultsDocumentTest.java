package io.nodelifecycle.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.parity.scenario.ScenarioFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every fault in the document names where it is shown, and that exists. */
final class KnownFaultsDocumentTest {
  private static final Path DOCUMENT = Path.of("docs/known-faults.md");
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @Test
  void everyFaultNamesAScenarioOrTestThatExists() throws IOException {
    var known = new HashSet<>(ScenarioFiles.names());
    known.addAll(testClasses());
    var rows = rows();
    assertThat(rows).hasSizeGreaterThan(30);
    for (var row : rows) {
      var cells = row.split("\\|", -1);
      var names = NAME.matcher(cells[cells.length - 3]).results().map(m -> m.group(1)).toList();
      assertThat(names).as(row).isNotEmpty().allSatisfy(name -> assertThat(known).contains(name));
      assertThat(cells[cells.length - 2].strip()).as(row).isIn("yes", "no");
    }
  }

  /** The rows of all tables but the last, which is about what is not shown. */
  private static List<String> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .takeWhile(line -> !line.startsWith("## Not in"))
        .filter(line -> line.startsWith("| "))
        .filter(line -> !line.startsWith("| ---") && !line.endsWith("| shown |"))
        .toList();
  }

  private static Set<String> testClasses() throws IOException {
    try (var files = Files.walk(TESTS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".java"))
          .map(file -> file.substring(0, file.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }
}
