package io.nodelifecycle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskFilesTest {
  private final FileSource files = FileSource.disk();

  @TempDir private Path folder;

  @Test
  void readsText() throws IOException {
    var file = Files.writeString(folder.resolve("a.yaml"), "context: \"ä\"\n");

    assertThat(files.obstacle(file)).isEmpty();
    assertThat(files.read(file)).isEqualTo("context: \"ä\"\n");
  }

  @Test
  void saysWhatStandsInTheWay() {
    assertThat(files.obstacle(folder.resolve("b"))).contains("does not exist");
    assertThat(files.obstacle(folder)).contains("is a folder");
  }

  @Test
  void refusesWhatIsNotText() throws IOException {
    var file = Files.write(folder.resolve("c"), new byte[] {'a', (byte) 0xff});

    assertThatThrownBy(() -> files.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage("is not UTF-8 text");
  }

  @Test
  void refusesWhatIsTooLong() throws IOException {
    var longest = Files.write(folder.resolve("d"), new byte[1_048_576]);
    var tooLong = Files.write(folder.resolve("e"), new byte[1_048_577]);

    assertThat(files.read(longest)).hasSize(1_048_576);
    assertThatThrownBy(() -> files.read(tooLong)).hasMessage("is longer than 1048576 bytes");
  }

  @Test
  void servesAWholeStart() throws IOException {
    var config = Files.writeString(folder.resolve("config.yaml"), "v: 9\nlog-format: json\n");

    var settings = CommandLines.run(files, "--config", config.toString()).settings();

    assertThat(settings.logging().verbosity()).isEqualTo(9);
    assertThat(settings.logging().format()).isEqualTo(LogFormat.JSON);
  }
}
