package io.nodelifecycle.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sources keep the house style; {@link TidyRulesTest} shows that each rule bites. */
final class TidyTest {
  @Test
  void textIsClean() throws IOException {
    var findings = new ArrayList<Finding>();
    for (var file : ProjectFiles.text()) {
      findings.addAll(TextRules.check(file, Files.readString(file)));
    }
    assertNone(findings);
  }

  @Test
  void markdownHasOneTitle() throws IOException {
    var findings = new ArrayList<Finding>();
    for (var file : ProjectFiles.markdown()) {
      findings.addAll(TextRules.checkTitle(file, Files.readString(file)));
    }
    assertNone(findings);
  }

  @Test
  void sourcesKeepSizesNamesAndWords() throws IOException {
    var findings = new ArrayList<Finding>();
    for (var file : ProjectFiles.java()) {
      findings.addAll(checkJava(JavaSource.parse(file, Files.readString(file))));
    }
    assertNone(findings);
  }

  @Test
  void packagesSayWhatTheyAreFor() throws IOException {
    var findings = new ArrayList<Finding>();
    for (var folder : ProjectFiles.javaFolders()) {
      findings.addAll(PackageRules.checkFolder(folder));
    }
    assertNone(findings);
  }

  static List<Finding> checkJava(JavaSource source) {
    var findings = new ArrayList<>(SizeRules.check(source));
    findings.addAll(NameRules.check(source));
    findings.addAll(WordRules.check(source));
    return findings;
  }

  private static void assertNone(List<Finding> findings) {
    assertThat(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")))
        .isEmpty();
  }
}
