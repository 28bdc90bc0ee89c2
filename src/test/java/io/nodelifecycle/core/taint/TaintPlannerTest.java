package io.nodelifecycle.core.taint;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TaintPlannerTest {
  private static final String PREFIX = "node.kubernetes.io/";
  private static final Instant ADDED = Instant.parse("2029-03-03T03:03:03Z");

  private final TaintPlanner planner = new TaintPlanner(true);

  /**
   * A node in words: {@code Ready=False cordoned taint:not-ready:NoSchedule taint:a/b=v:NoExecute}.
   */
  private static NodeSnapshot node(String text) {
    var taints =
        words(text).filter(word -> word.startsWith("taint:")).map(word -> taint(word.substring(6)));
    var conditions = words(text).filter(word -> word.contains("=") && !word.startsWith("taint:"));
    return new NodeSnapshot(
        "a",
        "uid-a",
        "1",
        Instant.EPOCH,
        Map.of(),
        taints.toList(),
        words(text).anyMatch("cordoned"::equals),
        conditions.map(TaintPlannerTest::condition).toList());
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.trim().split(" +")).filter(word -> !word.isEmpty());
  }

  private static NodeCondition condition(String text) {
    var parts = text.split("=");
    return new NodeCondition(parts[0], ConditionStatus.of(parts[1]), null, null);
  }

  private static Taint taint(String text) {
    var effect = text.substring(text.lastIndexOf(':') + 1);
    var keyAndValue = text.substring(0, text.lastIndexOf(':')).split("=");
    var key = keyAndValue[0].contains("/") ? keyAndValue[0] : PREFIX + keyAndValue[0];
    return new Taint(key, keyAndValue.length > 1 ? keyAndValue[1] : "", effect, ADDED);
  }

  private static List<String> names(List<Taint> taints) {
    return taints.stream().map(taint -> taint.toString().replace(PREFIX, "")).toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'', ''",
    "Ready=True, ''",
    "Ready=False, not-ready",
    "Ready=Unknown, unreachable",
    "MemoryPressure=True, memory-pressure",
    "MemoryPressure=False, ''",
    "MemoryPressure=Unknown, ''",
    "DiskPressure=True, disk-pressure",
    "DiskPressure=False, ''",
    "DiskPressure=Unknown, ''",
    "PIDPressure=True, pid-pressure",
    "PIDPressure=False, ''",
    "PIDPressure=Unknown, ''",
    "NetworkUnavailable=True, network-unavailable",
    "NetworkUnavailable=False, ''",
    "NetworkUnavailable=Unknown, ''",
    "cordoned, unschedulable",
    "KernelDeadlock=True, ''",
    "Ready=False PIDPressure=True cordoned, not-ready pid-pressure unschedulable",
  })
  void conditionsBecomeNoScheduleTaints(String node, String keys) {
    var change = planner.plan(node(node), EvictionTaint.AS_IS);
    var wanted = words(keys).map(key -> key + ":NoSchedule").toList();
    assertThat(names(change.taints())).containsExactlyElementsOf(wanted);
    assertThat(names(change.added())).containsExactlyElementsOf(wanted);
    assertThat(change.removed()).isEmpty();
    assertThat(change.isEmpty()).isEqualTo(wanted.isEmpty());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "Ready=True taint:not-ready:NoSchedule, not-ready:NoSchedule",
    "Ready=Unknown taint:unreachable:NoSchedule taint:not-ready:NoSchedule, not-ready:NoSchedule",
    "taint:unreachable:NoSchedule, unreachable:NoSchedule",
    "taint:memory-pressure:NoSchedule, memory-pressure:NoSchedule",
    "DiskPressure=Unknown taint:disk-pressure:NoSchedule, disk-pressure:NoSchedule",
    "PIDPressure=False taint:pid-pressure:NoSchedule, pid-pressure:NoSchedule",
    "taint:network-unavailable:NoSchedule, network-unavailable:NoSchedule",
    "taint:unschedulable:NoSchedule, unschedulable:NoSchedule",
    "Ready=True taint:not-ready=x:NoSchedule, not-ready=x:NoSchedule",
    "Ready=True taint:not-ready:PreferNoSchedule, ''",
    "Ready=True taint:not-ready:NoExecute, ''",
    "taint:unschedulable:NoExecute taint:memory-pressure:NoExecute, ''",
    "taint:not-ready:NewEffect taint:example.com/not-ready:NoSchedule, ''",
    "taint:out-of-service:NoExecute taint:cloud-provider/uninitialized:NoSchedule, ''",
  })
  void whatNoConditionCausesAnyMoreIsRemovedAndNothingElse(String node, String removed) {
    var change = planner.plan(node(node), EvictionTaint.AS_IS);
    assertThat(names(change.removed())).containsExactlyElementsOf(words(removed).toList());
    assertThat(change.added()).isEmpty();
  }

  @ParameterizedTest(name = "{0} wanted {1}: {2}")
  @CsvSource({
    "Ready=True, AS_IS, ''",
    "Ready=True, NEITHER, ''",
    "'', NOT_READY, +not-ready",
    "'', UNREACHABLE, +unreachable",
    "taint:not-ready:NoExecute, NOT_READY, ''",
    "taint:unreachable:NoExecute, UNREACHABLE, ''",
    "taint:not-ready:NoExecute, AS_IS, ''",
    "taint:not-ready:NoExecute taint:unreachable:NoExecute, AS_IS, ''",
    "taint:not-ready:NoExecute, NEITHER, -not-ready",
    "taint:unreachable:NoExecute, NEITHER, -unreachable",
    "taint:not-ready:NoExecute taint:unreachable:NoExecute, NEITHER, -not-ready -unreachable",
    "taint:not-ready:NoExecute, UNREACHABLE, +unreachable -not-ready",
    "taint:unreachable:NoExecute, NOT_READY, +not-ready -unreachable",
    "taint:not-ready:NoExecute taint:unreachable:NoExecute, NOT_READY, -unreachable",
    "taint:not-ready=by-hand:NoExecute, NOT_READY, ''",
    "taint:not-ready=by-hand:NoExecute, UNREACHABLE, +unreachable -not-ready=by-hand",
  })
  void theTwoNoExecuteTaintsOfNodeHealthExcludeEachOther(
      String node, EvictionTaint wanted, String changes) {
    var change = new TaintPlanner(false).plan(node(node), wanted);
    var added = names(change.added()).stream().map(name -> "+" + name);
    var removed = names(change.removed()).stream().map(name -> "-" + name);
    assertThat(Stream.concat(added, removed).map(name -> name.replace(":NoExecute", "")))
        .containsExactlyElementsOf(words(changes).toList());
  }

  @Test
  void foreignTaintsSurviveInTheirOrderWithTheirValuesAndTimes() {
    var node =
        node(
            "Ready=Unknown taint:b/second=2:NoExecute taint:not-ready:NoSchedule"
                + " taint:a/first:PreferNoSchedule taint:not-ready:NoExecute taint:c/third:NoNew");
    var change = planner.plan(node, EvictionTaint.UNREACHABLE);
    assertThat(change.taints())
        .containsExactly(
            taint("b/second=2:NoExecute"),
            taint("a/first:PreferNoSchedule"),
            taint("c/third:NoNew"),
            Taint.unstamped(PREFIX + "unreachable", "NoSchedule"),
            Taint.unstamped(PREFIX + "unreachable", "NoExecute"));
    assertThat(names(change.removed()))
        .containsExactly("not-ready:NoSchedule", "not-ready:NoExecute");
  }

  @Test
  void whatIsThereKeepsItsTime() {
    var node = node("Ready=False taint:not-ready:NoSchedule");
    var change = planner.plan(node, EvictionTaint.NOT_READY);
    assertThat(change.taints())
        .containsExactly(
            taint("not-ready:NoSchedule"), Taint.unstamped(PREFIX + "not-ready", "NoExecute"));
  }

  @Test
  void withTheGateOffNoScheduleTaintsAreLeftAsTheyAre() {
    var node = node("Ready=False DiskPressure=True cordoned taint:unreachable:NoSchedule");
    var change = new TaintPlanner(false).plan(node, EvictionTaint.NOT_READY);
    assertThat(names(change.taints()))
        .containsExactly("unreachable:NoSchedule", "not-ready:NoExecute");
  }
}
