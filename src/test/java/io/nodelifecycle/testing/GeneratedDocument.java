package io.nodelifecycle.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that is written from the code; -Ddocs=apply rewrites it. */
public final class GeneratedDocument {
  private static final boolean APPLY = "apply".equals(System.getProperty("docs"));

  private GeneratedDocument() {}

  /** The file in {@code docs} is what the code says, which the test of this name writes. */
  public static void check(String file, String text, String test) throws IOException {
    var document = Path.of("docs", file);
    if (APPLY) {
      Files.createDirectories(document.getParent());
      Files.writeString(document, text);
    }
    assertThat(document)
        .as("written by: mvn -q test -Dquick -Dtest=" + test + " -Ddocs=apply")
        .content()
        .isEqualTo(text);
  }

  /**
   * The part of a file in {@code docs} between the comments {@code begin NAME} and {@code end NAME}
   * is what the code says, which the test of this name writes.
   */
  public static void checkPart(String file, String name, String text, String test)
      throws IOException {
    var whole = Files.readString(Path.of("docs", file));
    var begin = "<!-- begin " + name + " -->\n";
    var from = whole.indexOf(begin) + begin.length();
    var to = whole.indexOf("<!-- end " + name + " -->");
    assertThat(to).as("end of part %s in %s", name, file).isGreaterThanOrEqualTo(from);
    check(file, whole.substring(0, from) + text + whole.substring(to), test);
  }
}
