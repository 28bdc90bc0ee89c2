package io.nodelifecycle;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged launcher, with Java homes whose java prints its name and what it is given. */
final class LauncherIT {
  private static final String TITLE = "node-lifecycle-controller";
  private static final Path PACKAGED = Path.of(System.getProperty("nlc.home"));

  @TempDir private Path folder;

  private Path home;
  private Path launcher;

  /** An installation of the packaged launcher without a Java of its own, and nothing to start. */
  @BeforeEach
  void install() throws IOException {
    home = folder.resolve("an installation");
    launcher = Files.createDirectories(home.resolve("bin")).resolve(TITLE);
    Files.copy(PACKAGED.resolve("bin").resolve(TITLE), launcher, COPY_ATTRIBUTES);
    Files.createFile(Files.createDirectory(home.resolve("lib")).resolve(TITLE + ".jar"));
  }

  static Stream<Arguments> choices() {
    return Stream.of(
        argumentSet("the one that is asked for", Map.of("NLC_JAVA", "26", "JAVA_HOME", "25"), "26"),
        argumentSet("JAVA_HOME before the PATH", Map.of("JAVA_HOME", "25", "PATH", "26"), "25"),
        argumentSet("the PATH if JAVA_HOME is old", Map.of("JAVA_HOME", "24", "PATH", "25"), "25"),
        argumentSet("the PATH if JAVA_HOME is empty", Map.of("JAVA_HOME", "", "PATH", "26"), "26"));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void choosesTheFirstFittingJava(Map<String, String> homes, String chosen) throws Exception {
    var environment = new HashMap<String, String>();
    for (var home : homes.entrySet()) {
      var place = home.getValue().isEmpty() ? "" : javaHome(home.getValue()).toString();
      environment.put(
          home.getKey(), home.getKey().equals("PATH") ? place + "/bin:/usr/bin:/bin" : place);
    }
    assertThat(launch(environment).output()).startsWith("java " + chosen + "\n");
  }

  @Test
  void prefersTheJavaOfTheInstallation() throws Exception {
    javaHome(home.resolve("runtime"), "25");
    var environment = new HashMap<>(Map.of("JAVA_HOME", javaHome("26").toString()));
    assertThat(launch(environment).output()).startsWith("java 25\n");

    environment.put("NLC_JAVA", javaHome("27").toString());
    assertThat(launch(environment).output()).startsWith("java 27\n");
  }

  @Test
  void refusesAJavaThatIsAskedForAndTooOld() throws Exception {
    var result = launch(Map.of("NLC_JAVA", javaHome("24").toString()));
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.output()).contains("version 24.0.1", "Java 25 or later is needed");
  }

  @Test
  void refusesAPlaceWithoutJava() throws Exception {
    var result = launch(Map.of("NLC_JAVA", folder.toString()));
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.output()).contains("NLC_JAVA=" + folder, "Java 25 or later is needed");
  }

  @Test
  void passesArgumentsOnAndPutsOwnOptionsLast() throws Exception {
    var environment =
        Map.of("NLC_JAVA", javaHome("25").toString(), "NLC_JAVA_OPTS", "-Xmx99m -Da=*");
    var lines = launch(environment, "--one two", "", "*").output().lines().toList();
    assertThat(lines).endsWith("<--one two>", "<>", "<*>");
    assertThat(lines)
        .containsSubsequence(
            "<@" + home.toRealPath() + "/lib/jvm.options>",
            "<@" + home.toRealPath() + "/lib/controller.options>",
            "<-Xmx99m>",
            "<-Da=*>",
            "<-jar>",
            "<--one two>");
  }

  @ParameterizedTest
  @CsvSource({"simulate, -Xms1g", "sandbox, -Xms64m"})
  void givesWhatIsOverSoonOptionsOfItsOwn(String command, String option) throws Exception {
    var environment = Map.of("NLC_JAVA", javaHome("25").toString());
    assertThat(launch(environment, command).output())
        .contains("/lib/jvm.options>", "<" + option + ">")
        .doesNotContain("controller.options");
  }

  @Test
  void startsThroughASymbolicLink() throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("nlc"), launcher.toAbsolutePath());
    var result = run(List.of(link.toString()), Map.of("NLC_JAVA", javaHome("25").toString()));
    Files.delete(link);
    assertThat(result.output()).contains(home.resolve("lib").toRealPath().toString());
  }

  /** A Java home of the given feature release in a folder with a blank in its name. */
  private Path javaHome(String release) throws IOException {
    return javaHome(folder.resolve("a java").resolve(release), release);
  }

  private static Path javaHome(Path place, String release) throws IOException {
    var java = Files.createDirectories(place.resolve("bin")).resolve("java");
    Files.writeString(place.resolve("release"), "JAVA_VERSION=\"" + release + ".0.1\"\n");
    Files.writeString(
        java, "#!/bin/sh\necho java " + release + "\nfor a; do printf '<%s>\\n' \"$a\"; done\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return place;
  }

  private Result launch(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    return run(command, environment);
  }

  private static Result run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("NLC_JAVA", "NLC_JAVA_OPTS", "JAVA_HOME"));
    builder.environment().putAll(environment);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private record Result(int code, String output) {}
}
