package io.nodelifecycle.parity.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.parity.scenario.Scenario;
import io.nodelifecycle.parity.scenario.ScenarioFiles;
import io.nodelifecycle.parity.scenario.ScenarioOutcome.Good;
import io.nodelifecycle.parity.scenario.ScenarioReader;
import io.nodelifecycle.parity.verdict.Judge;
import io.nodelifecycle.parity.verdict.SideRecord;
import io.nodelifecycle.testing.witness.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ParityDocumentTest {
  private static final String TEXT =
      """
      about: A node dies.
      spec: ["2", "11.6"]
      flags: {node-eviction-rate: 0.1}
      program-flags: {kube-api-qps: 5}
      nodes: [{name: a1}]
      timeline: []
      end: 9s
      differences:
        - {section: "11.6", why: it is sooner, earlier: 9s, what: deleting}
        - {section: "11.10", why: it is not done, only: reference, what: label, at-least: 0}
      """;

  private static final Change LABEL = Change.of(2, "node", "a1", "label l", "x|y");
  private static final Change DELETED = Change.of(8, "pod", "default/p", "deleting", "true");
  private static final Change TARGET =
      Change.of(1, "pod", "default/p", "cond DisruptionTarget", "");

  @Test
  void aScenarioIsALineAndASection() {
    var document = ParityDocument.parse("");
    put(document, "node-dies", List.of(LABEL, DELETED), List.of(TARGET, DELETED.at(1)));
    assertThat(document.text())
        .contains(
            "| [node-dies](#node-dies) | 2, 11.6 | `node-eviction-rate=0.1`; program:"
                + " `kube-api-qps=5` | as intended | 6 (1), 11.6 (1), 11.10 (at times) |\n")
        .endsWith(
            """

            ## node-dies

            A node dies.

            - 6: a pod is given the condition DisruptionTarget before it is deleted, \
            as by newer references (1)
            - 11.6: it is sooner (1)
            - 11.10: it is not done (*at times*)

            <details><summary>The changes that differ</summary>

            | in the program | section | change |
            | --- | --- | --- |
            | earlier | 11.6 | `pod default/p deleting = true` |
            | extra | 6 | `pod default/p cond DisruptionTarget = ` |

            </details>
            """);
  }

  @Test
  void theDocumentIsTheSameWhateverVaries() {
    var first = ParityDocument.parse("");
    put(first, "node-dies", List.of(LABEL, DELETED), List.of(TARGET, DELETED.at(1)));
    var second = ParityDocument.parse("");
    put(second, "node-dies", List.of(DELETED.at(8.5)), List.of(TARGET, TARGET, DELETED.at(1.5)));
    assertThat(second.text()).isEqualTo(first.text());
  }

  @Test
  void whatWasNotRunIsKept() {
    var before = ParityDocument.parse("");
    put(before, "b", List.of(DELETED), List.of(DELETED.at(1)));
    put(before, "a", List.of(LABEL), List.of(LABEL));
    var after = ParityDocument.parse(before.text());
    assertThat(after.text()).isEqualTo(before.text());
    assertThat(after.names()).containsExactlyInAnyOrder("a", "b");
    put(after, "b", List.of(DELETED), List.of(DELETED));
    assertThat(after.text()).isNotEqualTo(before.text()).contains("| [a](#a) |");
    after.retain(List.of("b"));
    assertThat(after.text()).doesNotContain("(#a)").doesNotContain("## a");
  }

  @Test
  void anUnexplainedDifferenceStandsOut() {
    var document = ParityDocument.parse("");
    put(document, "a", List.of(), List.of(LABEL));
    assertThat(document.text())
        .contains(" | DIFFERENT | ")
        .contains("| extra | **none** | `node a1 label l = x\\|y` |");
  }

  @Test
  void bothSidesAreShownInOrderOfTime() {
    var reference = new SideRecord(List.of(LABEL, DELETED), List.of());
    var program = new SideRecord(List.of(TARGET, DELETED.at(8.25)), List.of());
    assertThat(SideBySide.of(Judge.judge(scenario("a"), reference, program)))
        .isEqualTo(
            """
            reference   program
                    -      1.00  extra    pod default/p cond DisruptionTarget =\
                [6: a pod is given the condition DisruptionTarget before it is deleted, \
            as by newer references]
                 2.00         -  missing  node a1 label l = x|y   [11.10: it is not done]
                 8.00      8.25           pod default/p deleting = true
            NOT SEEN, wanted at least 1 times   [11.6: it is sooner]
            """);
  }

  @Test
  void theDocumentOfTheProjectTellsOfEveryScenario() throws IOException {
    var document = ParityDocument.parse(Files.readString(Path.of("docs/parity.md")));
    assertThat(document.names())
        .as(
            "written by: mvn -q -o verify -Dquick -DskipUTs -Dit.test=ParityIT -Dparity=all"
                + " -Ddocs=apply")
        .containsExactlyInAnyOrderElementsOf(ScenarioFiles.names());
    assertThat(document.text()).doesNotContain("DIFFERENT");
  }

  private static void put(
      ParityDocument document, String name, List<Change> reference, List<Change> program) {
    var scenario = scenario(name);
    document.put(
        scenario,
        Judge.judge(
            scenario, new SideRecord(reference, List.of()), new SideRecord(program, List.of())));
  }

  private static Scenario scenario(String name) {
    return ((Good) ScenarioReader.read(name + ".yaml", TEXT)).scenario();
  }
}
