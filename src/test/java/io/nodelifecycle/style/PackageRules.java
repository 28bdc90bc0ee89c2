package io.nodelifecycle.style;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Every package says in a few lines what it is for, and is null-marked. */
final class PackageRules {
  static final int PROSE_LINES_MIN = 3;
  static final int PROSE_LINES_MAX = 15;

  private static final Pattern PROSE_LINE = Pattern.compile("^(?:/\\*\\*| \\*) .*[^*/\\s].*");

  private PackageRules() {}

  /** A package of the tests may leave its package-info to the package of the same name in main. */
  static List<Finding> checkFolder(Path folder) throws IOException {
    var own = folder.resolve("package-info.java");
    if (Files.exists(own)) {
      return checkText(own, Files.readString(own));
    }
    var tests = Path.of("src/test/java");
    return folder.startsWith(tests)
            && Files.exists(Path.of("src/main/java").resolve(tests.relativize(own)))
        ? List.of()
        : List.of(new Finding(own, 1, "missing: what the package is for, and @NullMarked"));
  }

  static List<Finding> checkText(Path file, String text) {
    long prose = text.lines().filter(line -> PROSE_LINE.matcher(line).matches()).count();
    if (!text.contains("\n@NullMarked\n")) {
      return List.of(new Finding(file, 1, "@NullMarked is missing"));
    }
    return prose < PROSE_LINES_MIN || prose > PROSE_LINES_MAX
        ? List.of(new Finding(file, 1, prose + " lines of prose, want 3 to 15"))
        : List.of();
  }
}
