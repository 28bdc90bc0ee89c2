package io.nodelifecycle.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TidyRulesTest {
  private static final Path MAIN = Path.of("src/main/java/io/nodelifecycle/core/Sample.java");
  private static final Path TEST = Path.of("src/test/java/io/nodelifecycle/core/SampleTest.java");
  private static final Path IT = Path.of("src/test/java/io/nodelifecycle/core/SampleIT.java");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Thread.sleep(1)",
        "java.lang.Thread.sleep(1)",
        "TimeUnit.SECONDS.sleep(1)",
        "LockSupport.parkNanos(1)",
        "System.currentTimeMillis()",
        "System.nanoTime()",
        "Instant.now()",
        "LocalDate.now()",
        "ZonedDateTime.now(zone)",
        "java.time.Instant.now()",
        "Clock.systemUTC()",
        "System.exit(1)",
        "Runtime.getRuntime().halt(1)",
        "System.getenv(\"HOME\")"
      })
  void callOutsideItsHomeIsFound(String call) {
    assertThat(java(MAIN, "class Sample { void run() { " + call + "; } }")).hasSize(1);
    assertThat(java(TEST, "class SampleTest { void run() { " + call + "; } }")).hasSize(1);
  }

  static Stream<Arguments> homes() {
    return Stream.of(
        argumentSet("sleep in SystemTime", "runtime/SystemTime.java", "Thread.sleep(1)"),
        argumentSet("clock in SystemTime", "runtime/SystemTime.java", "Instant.now()"),
        argumentSet("exit in Main", "Main.java", "System.exit(0)"),
        argumentSet("environment in Main", "Main.java", "System.getenv()"));
  }

  @ParameterizedTest
  @MethodSource("homes")
  void callInItsHomeIsFine(String home, String call) {
    var file = Path.of("src/main/java/io/nodelifecycle").resolve(home);
    assertThat(java(file, "class Sample { void run() { " + call + "; } }")).isEmpty();
  }

  @Test
  void integrationTestsMaySleepAndReadTheEnvironmentButNotExit() {
    var allowed = "Thread.sleep(1); Instant.now(); System.getenv(\"A\");";
    assertThat(java(IT, "class SampleIT { void run() { " + allowed + " } }")).isEmpty();
    assertThat(java(IT, "class SampleIT { void run() { System.exit(1); } }")).hasSize(1);
  }

  @Test
  void methodReferenceAndStaticImportCountAsCalls() {
    assertThat(java(MAIN, "class Sample { LongSupplier clock = System::nanoTime; }")).hasSize(1);
    assertThat(java(MAIN, "import static java.lang.Thread.sleep; class Sample {}")).hasSize(1);
  }

  @Test
  void wordsInCommentsAndStringsAreNotCalls() {
    var source = "class Sample { /* Thread.sleep() */ String text = \"Instant.now()\"; }";
    assertThat(java(MAIN, source)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Disabled",
        "@DisabledOnOs(OS.LINUX)",
        "@org.junit.jupiter.api.Disabled",
        "@EnabledIf(\"x\")",
        "@EnabledIfEnvironmentVariable(named = \"A\", matches = \"b\")"
      })
  void skippedTestIsFound(String annotation) {
    assertThat(java(TEST, "final class SampleTest { " + annotation + " void run() {} }"))
        .hasSize(1);
    assertThat(java(IT, "final class SampleIT { " + annotation + " void run() {} }")).isEmpty();
  }

  @Test
  void assumptionIsFound() {
    var statically = "import static org.junit.jupiter.api.Assumptions.assumeTrue; class A {}";
    assertThat(java(TEST, statically)).hasSize(1);
    assertThat(java(TEST, "class A { void run() { Assumptions.assumeTrue(x); } }")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "TaintManager, 1",
    "StringUtils, 1",
    "NodeHelper, 1",
    "WriterImpl, 1",
    "AbstractQueue, 1",
    "BaseTest, 1",
    "PodInfo, 1",
    "NodeData, 1",
    "AbstractPodInfo, 2",
    "Database, 0",
    "Baseline, 0",
    "InformerTest, 0"
  })
  void bannedWordOfATypeNameIsFound(String name, int findings) {
    assertThat(java(MAIN, "final class " + name + " {}")).hasSize(findings);
    assertThat(java(MAIN, "interface Outer { record " + name + "() {} }")).hasSize(findings);
  }

  @ParameterizedTest
  @CsvSource({"30, '', 0", "31, '', 1", "30, Test, 0", "31, IT, 1"})
  void longTypeNameIsFound(int length, String suffix, int findings) {
    assertThat(java(MAIN, "class " + "N".repeat(length) + suffix + " {}")).hasSize(findings);
  }

  @ParameterizedTest
  @CsvSource({"70, 0", "71, 1"})
  void longMethodIsFound(int lines, int findings) {
    var body = "\n".repeat(lines - 1);
    assertThat(java(MAIN, "class A {\n/**\n * Text.\n */\nvoid run() {" + body + "}\n}\n"))
        .hasSize(findings);
  }

  @ParameterizedTest
  @CsvSource({"500, 0", "501, 1"})
  void longFileIsFound(int lines, int findings) {
    assertThat(java(MAIN, "class A {" + "\n".repeat(lines - 1) + "}\n")).hasSize(findings);
  }

  @ParameterizedTest
  @CsvSource({
    "class A { void run(%s) {} }, 5",
    "class A { @ParameterizedTest void run(%s) {} }, 8",
    "class A { A(%s) {} }, 8",
    "record A(int x) { static void run(%s) {} }, 5"
  })
  void manyParametersAreFound(String source, int max) {
    assertThat(java(MAIN, source.formatted(parameters(max)))).isEmpty();
    assertThat(java(MAIN, source.formatted(parameters(max + 1)))).hasSize(1);
  }

  @Test
  void recordsMayHaveManyComponents() {
    assertThat(java(MAIN, "record A(" + parameters(12) + ") {}")).isEmpty();
    var nested = "class B { record A(%1$s) { A(%1$s) {} } B(%1$s) {} }";
    assertThat(java(MAIN, nested.formatted(parameters(9)))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"100, 0", "101, 1"})
  void longLineIsFound(int columns, int findings) {
    assertThat(TextRules.check(MAIN, "x".repeat(columns) + "\n")).hasSize(findings);
    assertThat(TextRules.check(MAIN, "é".repeat(columns) + "\n")).hasSize(findings);
  }

  @Test
  void lineThatCannotBeBrokenMayBeLong() {
    var rest = "x".repeat(100);
    assertThat(TextRules.check(MAIN, "import " + rest + ";\n")).isEmpty();
    assertThat(TextRules.check(MAIN, "// https://" + rest + "\n")).isEmpty();
    assertThat(TextRules.check(Path.of("README.md"), rest + rest + "\n")).isEmpty();
  }

  static Stream<Arguments> dirtyLines() {
    return Stream.of(
        argumentSet("blank at the end", "text \n"),
        argumentSet("tab", "\ttext\n"),
        argumentSet("to do", "// TO" + "DO later\n"),
        argumentSet("fix me", "# FIX" + "ME\n"),
        argumentSet("three x", "XX" + "X\n"),
        argumentSet("temporary folder", "Path.of(\"/t" + "mp/a\")\n"),
        argumentSet("last line is not ended", "text"));
  }

  @ParameterizedTest
  @MethodSource("dirtyLines")
  void dirtyLineIsFound(String text) {
    assertThat(TextRules.check(MAIN, text)).hasSize(1);
    assertThat(TextRules.check(Path.of("README.md"), text)).hasSize(1);
  }

  @Test
  void findingNamesFileAndLine() {
    assertThat(TextRules.check(MAIN, "fine\nbad \n").getFirst())
        .hasToString(MAIN + ":2 trailing whitespace");
  }

  @ParameterizedTest
  @CsvSource({"'# A\n', 0", "'# A\n# B\n', 1", "'## A\n', 1", "'# A\n```\n# b\n```\n', 0"})
  void markdownWithoutExactlyOneTitleIsFound(String markdown, int findings) {
    assertThat(TextRules.checkTitle(Path.of("a.md"), markdown)).hasSize(findings);
  }

  @ParameterizedTest
  @CsvSource({
    "2, @NullMarked, 1",
    "3, @NullMarked, 0",
    "15, @NullMarked, 0",
    "16, @NullMarked, 1",
    "3, @Nothing, 1"
  })
  void packageWithoutProseOrNullMarkingIsFound(int lines, String annotation, int findings) {
    var prose = " * Prose.\n *\n".repeat(lines);
    var text = "/**\n" + prose + " */\n" + annotation + "\npackage a;\n";
    assertThat(PackageRules.checkText(MAIN, text)).hasSize(findings);
  }

  private static List<Finding> java(Path file, String text) {
    return TidyTest.checkJava(JavaSource.parse(file, text));
  }

  private static String parameters(int count) {
    return IntStream.range(0, count).mapToObj(i -> "int p" + i).collect(Collectors.joining(", "));
  }
}
