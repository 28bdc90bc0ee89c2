package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The reference in docs is what the registry says; -Ddocs=apply rewrites it. */
final class FlagsDocumentTest {
  private static final boolean APPLY = "apply".equals(System.getProperty("docs"));
  private static final Path DOCUMENT = Path.of("docs", "flags.md");

  @Test
  void theReferenceIsWhatTheRegistrySays() throws IOException {
    if (APPLY) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, FlagsDocument.markdown());
    }

    assertThat(DOCUMENT)
        .as("written by: mvn -q test -Dquick -Dtest=FlagsDocumentTest -Ddocs=apply")
        .content()
        .isEqualTo(FlagsDocument.markdown());
  }

  @Test
  void everySettingHasOneRowOfFiveCells() {
    for (var setting : SettingRegistry.all()) {
      assertThat(FlagsDocument.markdown().lines())
          .filteredOn(line -> line.contains("`" + setting.flag() + "` |"))
          .as(setting.flag())
          .singleElement()
          .asString()
          .matches("\\|( [^|]*\\|){5}");
    }
  }
}
