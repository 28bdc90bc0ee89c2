package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.GeneratedDocument;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The reference in docs is what the registry says; -Ddocs=apply rewrites it. */
final class FlagsDocumentTest {
  @Test
  void theReferenceIsWhatTheRegistrySays() throws IOException {
    GeneratedDocument.check("flags.md", FlagsDocument.markdown(), "FlagsDocumentTest");
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
