package io.nodelifecycle.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.testing.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The workflow that makes a release of a tag: the version is the same wherever it is said. */
final class ReleaseWorkflowTest {
  private static final Path WORKFLOW = Path.of(".github", "workflows", "release.yml");
  private static final Path POM = Path.of("pom.xml");
  private static final Path KUSTOMIZATION = Path.of("deploy", "base", "kustomization.yaml");
  private static final Pattern VERSION = Pattern.compile("(?m)^  <version>([^<]+)</version>$");

  @TempDir private Path folder;
  private String text = "";
  private String version = "";

  @BeforeEach
  void read() throws IOException {
    text = Files.readString(WORKFLOW);
    var found = VERSION.matcher(Files.readString(POM));
    assertThat(found.find()).isTrue();
    version = found.group(1);
  }

  private Stream<JsonNode> steps(String job) {
    var workflow = Manifest.parse(text).getFirst().object();
    return workflow.at("/jobs/" + job + "/steps").valueStream();
  }

  /** The first step that is a script, in a folder whose files have these versions. */
  private int check(String tag, String ofPom, String ofImage) throws Exception {
    Files.createDirectories(folder.resolve(KUSTOMIZATION).getParent());
    write(POM, "  <version>" + version + "<", "  <version>" + ofPom + "<");
    write(KUSTOMIZATION, "newTag: " + version, "newTag: " + ofImage);
    var script =
        steps("build").map(step -> step.path("run").asString("")).filter(run -> !run.isEmpty());
    var command = List.of("bash", "-e", "-o", "pipefail", "-c", script.findFirst().orElseThrow());
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("GITHUB_REF_NAME", tag);
    var output = folder.resolve("output.txt");
    var process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    var code = process.exitValue();
    if (code != 0) {
      assertThat(output).content().startsWith("::error::" + tag + " is not the version in ");
    }
    return code;
  }

  private void write(Path file, String before, String after) throws IOException {
    var original = Files.readString(file);
    assertThat(original).containsOnlyOnce(before);
    Files.writeString(folder.resolve(file), original.replace(before, after));
  }

  @ParameterizedTest
  @CsvSource({
    "v1.2.3, 1.2.3, 1.2.3, 0",
    "v1.2.3, 1.2.3-SNAPSHOT, 1.2.3, 1",
    "v1.2.3, 1.2.3, 1.2.3-SNAPSHOT, 1",
    "v1.2.3-SNAPSHOT, 1.2.3-SNAPSHOT, 1.2.3-SNAPSHOT, 1",
    "v1.2.30, 1.2.3, 1.2.3, 1",
    "v1x2.3, 1.2.3, 1.2.3, 1"
  })
  void aTagThatIsNotTheVersionMakesNoRelease(String tag, String pom, String image, int code)
      throws Exception {
    assertThat(check(tag, pom, image)).isEqualTo(code);
  }

  @Test
  void imagesAreTaggedAsTheManifestsAskForThem() {
    assertThat(text).contains(":${GITHUB_REF_NAME#v}").doesNotContain("}:$GITHUB_REF_NAME");
  }

  /** What another run left in a cache could get into what is published. */
  @Test
  void aReleaseTakesNothingFromACache() {
    assertThat(steps("build")).isNotEmpty().noneMatch(step -> step.at("/with").has("cache"));
  }
}
