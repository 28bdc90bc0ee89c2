package io.nodelifecycle.parity.verdict;

import io.nodelifecycle.parity.scenario.Action.StartController;
import io.nodelifecycle.parity.scenario.Scenario;
import io.nodelifecycle.parity.scenario.Scenario.Step;
import io.nodelifecycle.testing.witness.Change;
import io.nodelifecycle.testing.witness.Recorder;
import java.util.List;
import java.util.function.BiPredicate;

/** Where the program differs from the reference on purpose, whatever the scenario. */
public enum IntendedDifference {
  /** The newer condition. */
  DISRUPTION_TARGET(
      "6",
      "a pod is given the condition DisruptionTarget before it is deleted, as by newer references",
      true,
      (row, _) ->
          row.relation() == Relation.EXTRA && row.change().what().equals("cond DisruptionTarget")),

  /** The reference tries again for every change of the node, and after every conflict. */
  MARKED_ONCE(
      "6",
      "a pod that is terminating is not marked for deletion again",
      false,
      (row, around) ->
          row.relation() == Relation.MISSING
              && row.change().value().contains("Marking for deletion")
              && around.isDoneByBoth(row)),

  /** The reference repeats it every monitor period while the node is down. */
  DELETING_ALL_PODS_ONCE(
      "7",
      "DeletingAllPods is told once for each eviction of a node, not once a monitor period",
      true,
      (row, around) ->
          row.relation() == Relation.MISSING
              && row.change().what().equals("DeletingAllPods")
              && around.isDoneByBoth(row)),

  /** After a restart the reference takes every node for a new one. */
  REGISTERED_ONCE(
      "11.6",
      "after a restart nodes that are there already are not registered again",
      true,
      (row, around) ->
          row.relation() == Relation.MISSING
              && row.change().what().equals("RegisteredNode")
              && around.isAfterStart(row)),

  /** After a restart the reference takes every node for a healthy one. */
  TAINTS_STAY_OVER_RESTART(
      "11.6",
      "a restart takes no NoExecute taint off a node that is not ready, so that no countdown is"
          + " cancelled",
      true,
      (row, around) ->
          row.relation() == Relation.MISSING
              && around.isAfterStart(row)
              && (around.isStrippedTaint(row)
                  || row.change().value().contains("Cancelling deletion"))),

  /** The reference adds and removes taints in writes of their own, which undo each other. */
  NO_FLICKER(
      "11.4",
      "no taint is lost for a moment by a write that meant another taint",
      false,
      (row, around) ->
          row.relation() == Relation.MISSING
              && row.change().what().startsWith("taint node.kubernetes.io/")
              && around.isUndoneSoon(row)),

  /** The name of the source of events. */
  SOURCE_OF_EVENTS("10", "evictions are told by taint-eviction-controller, not taint-controller"),

  /** The reference knows of an evicted pod nothing but its name. */
  UID_IN_EVENTS("10", "events of evictions carry the uid of the pod");

  private static final String OLD_SOURCE = " taint-controller: ";
  private static final String NEW_SOURCE = " taint-eviction-controller: ";

  private final Reason reason;
  private final BiPredicate<Row, Surroundings> rule;

  IntendedDifference(
      String section, String why, boolean isSteady, BiPredicate<Row, Surroundings> rule) {
    this.reason = new Reason(section, why, isSteady);
    this.rule = rule;
  }

  /** One of how things are told, which explains no row of its own. */
  IntendedDifference(String section, String why) {
    this(section, why, true, (_, _) -> false);
  }

  /** Why it is intended. */
  public Reason reason() {
    return reason;
  }

  boolean explains(Row row, Surroundings around) {
    return rule.test(row, around);
  }

  /** A change of the reference in the program's words. */
  static Change translated(Change change, List<IntendedDifference> used) {
    if (!change.what().equals("TaintManagerEviction")) {
      return change;
    }
    var value = change.value();
    if (value.contains(OLD_SOURCE)) {
      used.add(SOURCE_OF_EVENTS);
      value = value.replace(OLD_SOURCE, NEW_SOURCE);
    }
    if (value.endsWith(Recorder.WITHOUT_UID)) {
      used.add(UID_IN_EVENTS);
      value = value.substring(0, value.length() - Recorder.WITHOUT_UID.length());
    }
    return change.renamed(change.name(), value);
  }

  /** What a row is among: all rows of the comparison, and the scenario. */
  record Surroundings(List<Row> rows, Scenario scenario) {
    private static final double SOON = 3;
    private static final String HEALTH_TAINT =
        "taint node\\.kubernetes\\.io/(unreachable|not-ready):NoExecute";

    /** Did both do the same at another time? */
    boolean isDoneByBoth(Row row) {
      return rows.stream()
          .filter(other -> other.pair().left().isPresent() && other.pair().right().isPresent())
          .anyMatch(other -> other.change().key().equals(row.change().key()));
    }

    /** Did the reference alone do the opposite to the same taint, seconds before or after? */
    boolean isUndoneSoon(Row row) {
      var change = row.change();
      return rows.stream()
          .filter(other -> other.relation() == Relation.MISSING)
          .map(Row::change)
          .filter(other -> other.name().equals(change.name()))
          .filter(other -> other.what().equals(change.what()))
          .filter(other -> !other.value().equals(change.value()))
          .anyMatch(other -> Math.abs(other.at() - change.at()) < SOON);
    }

    boolean isAfterStart(Row row) {
      return scenario.timeline().stream()
          .filter(step -> step.action() instanceof StartController)
          .map(Step::at)
          .anyMatch(at -> at.toMillis() / 1e3 < row.change().at());
    }

    /** A health taint that the reference alone takes off and sets again. */
    boolean isStrippedTaint(Row row) {
      var change = row.change();
      return change.what().matches(HEALTH_TAINT)
          && rows.stream()
              .filter(other -> other.relation() == Relation.MISSING && isAfterStart(other))
              .map(Row::change)
              .anyMatch(other ->
                  other.name().equals(change.name())
                      && other.what().equals(change.what())
                      && other.value().equals("off"));
    }
  }
}
