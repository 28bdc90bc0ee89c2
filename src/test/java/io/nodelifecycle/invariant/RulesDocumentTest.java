package io.nodelifecycle.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.GeneratedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of rules in docs is what the rules say of themselves; -Ddocs=apply rewrites it. */
final class RulesDocumentTest {
  private static final Path SOURCE = Path.of("src/main/java/io/nodelifecycle/invariant/Rule.java");
  private static final Pattern RULE =
      Pattern.compile("(?s)  /\\*\\*(.*?)\\*/\\s+[A-Z_]+\\(\\s*\"([a-z-]+)\",\\s*\"([^\"]+)\"\\)");

  @Test
  void theListIsWhatTheRulesSay() throws IOException {
    var text =
        new StringBuilder(
            "| rule | in short | in the words of the documentation |\n| --- | --- | --- |\n");
    var rules = RULE.matcher(Files.readString(SOURCE));
    var count = 0;
    for (; rules.find(); count++) {
      var sentence = rules.group(1).replaceAll("\\s+\\*?\\s*", " ").strip();
      text.append("| `%s` | %s | %s |%n".formatted(rules.group(2), rules.group(3), sentence));
    }
    assertThat(count).isEqualTo(Rule.values().length);
    GeneratedDocument.checkPart("testing.md", "rules", text.toString(), "RulesDocumentTest");
  }
}
