package io.nodelifecycle.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** The modules of the Java that comes with the program, property runtime.modules of the build. */
final class RuntimeModulesIT {
  private static final Path LIBRARIES = Path.of(System.getProperty("nlc.home"), "lib");
  private static final Pattern EDGE = Pattern.compile("^(\\S+) -> ((?:java|jdk)\\.\\S+)$");

  /** Left out, with all that mention them: these do without where the module is missing. */
  private static final Map<String, Set<String>> OPTIONAL =
      Map.of(
          "java.desktop", Set.of("tools.jackson.databind"),
          "java.sql",
              Set.of(
                  "kubernetes-model-common",
                  "org.bouncycastle.provider",
                  "tools.jackson.databind"));

  @Test
  void areThoseThatTheJarsNeed() throws IOException {
    var users = usersOfModules();
    assertThat(users).containsAllEntriesOf(OPTIONAL);
    var needed = new TreeSet<>(users.keySet());
    needed.removeAll(OPTIONAL.keySet());
    assertThat(System.getProperty("nlc.modules").split(",", -1))
        .as("what needs which module: %s", users)
        .containsExactlyElementsOf(needed);
  }

  private static Map<String, Set<String>> usersOfModules() throws IOException {
    var users = new TreeMap<String, Set<String>>();
    for (var line : jdeps().lines().toList()) {
      var edge = EDGE.matcher(line);
      if (edge.matches()) {
        var user = edge.group(1).replaceFirst("-[0-9].*", "");
        users.computeIfAbsent(edge.group(2), _ -> new TreeSet<>()).add(user);
      }
    }
    return users;
  }

  private static String jdeps() throws IOException {
    var arguments =
        new ArrayList<>(List.of("--ignore-missing-deps", "--multi-release", "25", "-summary"));
    try (var files = Files.newDirectoryStream(LIBRARIES, "*.jar")) {
      files.forEach(file -> arguments.add(file.toString()));
    }
    var output = new StringWriter();
    var writer = new PrintWriter(output);
    var jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    assertThat(jdeps.run(writer, writer, arguments.toArray(String[]::new)))
        .as(output.toString())
        .isZero();
    return output.toString();
  }
}
