package io.nodelifecycle.simulate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.simulate.engine.InitialCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

final class SnapshotFilesTest {
  /** One object a line, so that a row can change one of them. */
  private static final String GOOD = good();

  private static String good() {
    try {
      return Files.readString(
          Path.of("src/test/resources/io/nodelifecycle/simulate/cluster/good.json"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @TempDir private Path folder;

  @Test
  void readsAListOfKubectl() throws IOException {
    var good = (ClusterOutcome.Good) read(GOOD);
    assertThat(good.cluster().nodes()).hasSize(1);
    assertThat(good.cluster().pods()).hasSize(1);
    assertThat(good.cluster().daemonSets()).hasSize(1);
    assertThat(good.notes()).singleElement().asString().contains("nothing is made of 1 Lease");
  }

  @Test
  void whatAServerKeepsForItselfIsTakenOffAndIdentityStays() throws IOException {
    var node = cluster(GOOD).nodes().getFirst();
    assertThat(node.at("/metadata/uid").asString()).isEqualTo("u1");
    assertThat(node.at("/metadata/resourceVersion").isMissingNode()).isTrue();
    assertThat(node.at("/metadata/managedFields").isMissingNode()).isTrue();
    assertThat(node.at("/status/images").isMissingNode()).isTrue();
    var pod = cluster(GOOD).pods().getFirst();
    assertThat(pod.at("/spec/containers/0")).hasToString("{\"name\":\"c\",\"image\":\"i\"}");
    assertThat(pod.at("/spec/tolerations/0/tolerationSeconds").asInt()).isEqualTo(300);
  }

  @Test
  void readsListsOfOneKindAndSeveralDocuments() throws IOException {
    var text =
        """
        {"kind":"NodeList","items":[{"metadata":{"name":"n1"}},{"metadata":{"name":"n2"}}]}
        {"items":[
          {"metadata":{"name":"p","namespace":"d"},
           "spec":{"nodeName":"n2","containers":[{"name":"c","image":"i"}]}}
        ],"kind":"PodList"}
        {"kind":"Node","metadata":{"name":"n3"}}
        """;
    assertThat(cluster(text).nodes()).hasSize(3);
    assertThat(cluster(text).pods()).hasSize(1);
  }

  @Test
  void readsYaml() throws IOException {
    var text =
        """
        apiVersion: v1
        kind: List
        items:
        - kind: Node
          metadata:
            name: n1
            creationTimestamp: "2026-01-31T12:00:00Z"
        ---
        kind: Pod
        metadata: {name: p, namespace: d}
        spec:
          nodeName: n1
          containers: [{name: c, image: i}]
          tolerations: [{key: k, operator: Exists, tolerationSeconds: 300}]
        """;
    assertThat(cluster(text).nodes()).hasSize(1);
    assertThat(cluster(text).pods().getFirst().at("/spec/tolerations/0/tolerationSeconds").asInt())
        .isEqualTo(300);
  }

  @Test
  void readsSeveralFilesTogether() throws IOException {
    var nodes = write("nodes.json", "{\"kind\":\"Node\",\"metadata\":{\"name\":\"n1\"}}");
    var more = write("more.yaml", "kind: Node\nmetadata: {name: n2}\n");
    assertThat(SnapshotFiles.read(List.of(nodes, more)))
        .isInstanceOfSatisfying(
            ClusterOutcome.Good.class, good -> assertThat(good.cluster().nodes()).hasSize(2));
    assertThat(problems(SnapshotFiles.read(List.of(nodes, nodes))))
        .singleElement()
        .asString()
        .contains("nodes.json: Node n1: metadata.name: is there twice, first in Node n1");
  }

  @ParameterizedTest
  @CsvFileSource(resources = "problems.csv", delimiter = '|', quoteCharacter = '`')
  void whatIsWrongIsNamedWithItsPlace(String good, String bad, String what) throws IOException {
    assertThat(GOOD).contains(good);
    assertThat(problems(read(GOOD.replace(good, bad))))
        .anySatisfy(problem -> assertThat(problem).contains("snapshot.json: " + what));
  }

  @Test
  void allProblemsAreReportedAtOnce() throws IOException {
    var bad = GOOD.replace("\"name\":\"n1\",\"uid\"", "\"uid\"").replace("Running", "Runing");
    assertThat(problems(read(bad))).hasSize(3);
  }

  @Test
  void aFileThatCannotBeReadIsAProblem() {
    assertThat(problems(SnapshotFiles.read(List.of(folder.resolve("none"), folder))))
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).contains("none: does not exist"))
        .anySatisfy(problem -> assertThat(problem).contains("is a folder"));
  }

  @Test
  void wrongSyntaxIsNamedWithItsLine() throws IOException {
    assertThat(problems(read("{\"kind\":\n nonsense}")))
        .anySatisfy(problem -> assertThat(problem).contains("snapshot.json: line 2, column"));
    assertThat(problems(read("kind: [\n")))
        .anySatisfy(problem -> assertThat(problem).contains("line 2: is not YAML"));
    assertThat(problems(read("{\"kind\":\"List\",\"items\":[{\"kind\":\"Node\"")))
        .anySatisfy(problem -> assertThat(problem).contains("is not JSON"));
    assertThat(problems(read(""))).singleElement().asString().contains("is empty");
    assertThat(problems(read("just words"))).singleElement().asString().contains("is no object");
  }

  private InitialCluster cluster(String text) throws IOException {
    return ((ClusterOutcome.Good) read(text)).cluster();
  }

  private ClusterOutcome read(String text) throws IOException {
    return SnapshotFiles.read(List.of(write("snapshot.json", text)));
  }

  private static List<String> problems(ClusterOutcome outcome) {
    return ((ClusterOutcome.Bad) outcome).problems();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
