package io.nodelifecycle.parity.verdict;

import io.nodelifecycle.config.value.GoDuration;
import io.nodelifecycle.config.value.Parsed;
import io.nodelifecycle.parity.scenario.ExpectedDifference;
import io.nodelifecycle.parity.scenario.ExpectedDifference.Kind;
import io.nodelifecycle.parity.scenario.Scenario;
import io.nodelifecycle.parity.verdict.IntendedDifference.Surroundings;
import io.nodelifecycle.testing.witness.Alignment;
import io.nodelifecycle.testing.witness.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares what both sides did in a scenario: what differs must be intended, by the scenario or
 * everywhere, and what the scenario intends must happen.
 */
public final class Judge {
  private static final Duration DEFAULT_PERIOD = Duration.ofSeconds(5);

  private final Scenario scenario;
  private final Map<ExpectedDifference, Integer> happened = new HashMap<>();

  private Judge(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Judges. */
  public static Judgement judge(Scenario scenario, SideRecord reference, SideRecord program) {
    return new Judge(scenario).judge(reference, program);
  }

  private Judgement judge(SideRecord reference, SideRecord program) {
    var retold = new HashMap<Double, List<IntendedDifference>>();
    var translated =
        reference.changes().stream()
            .map(change ->
                IntendedDifference.translated(
                    change, retold.computeIfAbsent(change.at(), _ -> new ArrayList<>())))
            .toList();
    var timing = new Timing(period(), reference, program);
    var rows =
        Alignment.of(ScenarioNaming.of(scenario), translated, program.changes()).stream()
            .map(timing::row)
            .toList();
    var around = new Surroundings(rows, scenario);
    var explained = rows.stream().map(row -> explained(row, around)).toList();
    return new Judgement(explained, counts(explained, retold), unmet());
  }

  /** How many different events both sides tell, the reference in other words; by why. */
  private static Map<Reason, Long> counts(
      List<Row> rows, Map<Double, List<IntendedDifference>> retold) {
    var keys = new HashMap<Reason, Set<String>>();
    for (var row : rows) {
      if (row.pair().left().isPresent() && row.pair().right().isPresent()) {
        for (var why : retold.getOrDefault(row.pair().left().get().at(), List.of())) {
          keys.computeIfAbsent(why.reason(), _ -> new HashSet<>()).add(row.change().key());
        }
      }
    }
    return keys.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> (long) entry.getValue().size()));
  }

  private double period() {
    var text = scenario.flags().ofReference().getOrDefault("node-monitor-period", "");
    var period =
        GoDuration.parse(text) instanceof Parsed.Good<Duration>(var value) ? value : DEFAULT_PERIOD;
    return period.toMillis() / 1e3;
  }

  private Row explained(Row row, Surroundings around) {
    if (row.relation() == Relation.SAME) {
      return row;
    }
    return expected(row)
        .or(() ->
            Arrays.stream(IntendedDifference.values())
                .filter(difference -> difference.explains(row, around))
                .map(IntendedDifference::reason)
                .findFirst())
        .map(row::because)
        .orElse(row);
  }

  private Optional<Reason> expected(Row row) {
    for (var difference : scenario.differences()) {
      int before = happened.getOrDefault(difference, 0);
      boolean isRoom = before < difference.atMost().orElse(Integer.MAX_VALUE);
      if (isRoom && matches(difference, row)) {
        happened.put(difference, before + 1);
        return Optional.of(
            new Reason(difference.section(), difference.why(), difference.isSteady()));
      }
    }
    return Optional.empty();
  }

  private static boolean matches(ExpectedDifference difference, Row row) {
    var which = difference.what();
    return isOfKind(difference.kind(), row)
        && matches(which, row.change())
        && which.name().matcher(row.change().name()).find();
  }

  private static boolean matches(ExpectedDifference.Which which, Change change) {
    return (which.kind().isEmpty() || which.kind().equals(change.kind()))
        && which.what().matcher(change.what()).find()
        && which.value().matcher(change.value()).find();
  }

  private static boolean isOfKind(Kind kind, Row row) {
    return switch (kind) {
      case Kind.OnlyReference _ -> row.relation() == Relation.MISSING;
      case Kind.OnlyProgram _ -> row.relation() == Relation.EXTRA;
      case Kind.Earlier(var upTo) ->
          row.relation() == Relation.EARLIER && -row.later() <= upTo.toMillis() / 1e3;
      case Kind.Later(var upTo) ->
          row.relation() == Relation.LATER && row.later() <= upTo.toMillis() / 1e3;
    };
  }

  private List<ExpectedDifference> unmet() {
    return scenario.differences().stream()
        .filter(difference -> happened.getOrDefault(difference, 0) < difference.atLeast())
        .toList();
  }
}
