package io.nodelifecycle.serving.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.kubernetes.http.SteppedTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReloadedTest {
  @TempDir private Path folder;

  private final SteppedTime time = new SteppedTime();
  private int reads;

  private Reloaded<String> reloaded() throws UnusableFileException {
    var files = new LinkedHashMap<String, Path>();
    files.put("--a", folder.resolve("a"));
    files.put("--b", folder.resolve("b"));
    return Reloaded.of(
        files,
        contents -> {
          reads++;
          var text = new StringBuilder();
          contents.forEach(file -> text.append(new String(file.bytes(), StandardCharsets.UTF_8)));
          if (text.toString().contains("bad")) {
            throw new UnusableFileException("it is bad");
          }
          return text.toString();
        },
        time);
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void isReadAgainWhenItChangesEveryTenSeconds() throws Exception {
    write("a", "1");
    write("b", "2");
    var reloaded = reloaded();
    write("b", "3");
    time.pass(Duration.ofMillis(9_999));
    assertThat(reloaded.current()).isEqualTo("12");
    time.pass(Duration.ofMillis(1));
    assertThat(reloaded.current()).isEqualTo("13");
    time.pass(Duration.ofSeconds(10));
    assertThat(reloaded.current()).isEqualTo("13");
    assertThat(reads).isEqualTo(2);
  }

  @Test
  void whatIsBrokenLeavesInPlaceWhatWasThere() throws Exception {
    write("a", "1");
    write("b", "2");
    var reloaded = reloaded();
    write("a", "bad");
    time.pass(Duration.ofSeconds(10));
    assertThat(reloaded.current()).isEqualTo("12");
    assertThat(reloaded.problem()).hasValue("it is bad");
    Files.delete(folder.resolve("a"));
    time.pass(Duration.ofSeconds(10));
    assertThat(reloaded.current()).isEqualTo("12");
    assertThat(reloaded.problem()).map(text -> text.contains("does not exist")).hasValue(true);
    write("a", "bad");
    time.pass(Duration.ofSeconds(10));
    assertThat(reloaded.current()).isEqualTo("12");
    assertThat(reloaded.problem()).isPresent();
    write("a", "1");
    time.pass(Duration.ofSeconds(10));
    assertThat(reloaded.current()).isEqualTo("12");
    assertThat(reloaded.problem()).isEqualTo(Optional.empty());
  }

  @Test
  void aProblemEndsWithItsCause() throws Exception {
    write("a", "1");
    write("b", "2");
    var reloaded = reloaded();
    Files.delete(folder.resolve("a"));
    assertThat(problemLater(reloaded)).isPresent();
    write("a", "1");
    assertThat(problemLater(reloaded)).isEqualTo(Optional.empty());
    write("a", "bad");
    assertThat(problemLater(reloaded)).hasValue("it is bad");
    assertThat(problemLater(reloaded)).hasValue("it is bad");
    Files.delete(folder.resolve("a"));
    assertThat(problemLater(reloaded)).map(text -> text.contains("not exist")).hasValue(true);
    write("a", "bad");
    assertThat(problemLater(reloaded)).hasValue("it is bad");
    write("a", "1");
    assertThat(problemLater(reloaded)).isEqualTo(Optional.empty());
    assertThat(reloaded.current()).isEqualTo("12");
  }

  private Optional<String> problemLater(Reloaded<String> reloaded) {
    time.pass(Duration.ofSeconds(10));
    reloaded.current();
    return reloaded.problem();
  }
}
