package io.nodelifecycle.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every source file is exactly what google-java-format makes of it; -Dformat=apply rewrites. */
final class FormatTest {
  private static final boolean APPLY = "apply".equals(System.getProperty("format"));

  private final Formatter formatter = new Formatter();

  @Test
  void everySourceFileIsFormatted() throws IOException {
    var unformatted = new ArrayList<String>();
    for (Path file : ProjectFiles.java()) {
      var source = Files.readString(file);
      try {
        var formatted = formatter.formatSourceAndFixImports(source);
        if (!formatted.equals(source)) {
          unformatted.add(file + ":" + firstDifferentLine(source, formatted));
          if (APPLY) {
            Files.writeString(file, formatted);
          }
        }
      } catch (FormatterException e) {
        unformatted.add(file + " cannot be parsed: " + e.getMessage());
      }
    }
    if (APPLY) {
      unformatted.forEach(file -> System.out.println("formatted " + file));
    } else {
      assertThat(unformatted)
          .as("formatted by: mvn -q test -Dquick -Dtest=FormatTest -Dformat=apply")
          .isEmpty();
    }
  }

  @Test
  void findsTheFirstLineThatDiffers() {
    assertThat(firstDifferentLine("a\nb\nc\n", "a\nB\nc\n")).isEqualTo(2);
    assertThat(firstDifferentLine("a\nb\n", "a\nb\nc\n")).isEqualTo(3);
  }

  private static int firstDifferentLine(String source, String formatted) {
    List<String> actual = source.lines().toList();
    List<String> wanted = formatted.lines().toList();
    int line = 0;
    while (line < Math.min(actual.size(), wanted.size())
        && actual.get(line).equals(wanted.get(line))) {
      line++;
    }
    return line + 1;
  }
}
