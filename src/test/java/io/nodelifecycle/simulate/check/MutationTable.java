package io.nodelifecycle.simulate.check;

import io.nodelifecycle.simulate.check.MutationHunt.Catch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The table of mutations in the documentation, which remembers what caught each of them. */
final class MutationTable {
  private static final Path DOCUMENT = Path.of("docs", "testing.md");
  private static final String HEAD =
      """
      | what is wrong then | file | caught by | seed |
      | --- | --- | --- | --- |
      """;
  private static final Pattern ROW =
      Pattern.compile("\\| ([^|]+) \\| `[^|]+\\.java` \\| [^|]+ \\| ([0-9]+) \\|");

  private MutationTable() {}

  /** The seeds that caught mutations, by the mutations' sentences. */
  static Map<String, Long> seeds() throws IOException {
    Map<String, Long> seeds = new HashMap<>();
    for (var line : Files.readAllLines(DOCUMENT)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        seeds.put(row.group(1), Long.valueOf(row.group(2)));
      }
    }
    return seeds;
  }

  /** The table. */
  static String text(List<Catch> catches) {
    var text = new StringBuilder(HEAD);
    for (var each : catches) {
      each.how()
          .ifPresent(how ->
              text.append(
                  "| %s | `%s` | %s | %d |%n"
                      .formatted(
                          each.mutation().sentence(), each.mutation().file(), how, each.seed())));
    }
    return text.toString();
  }
}
