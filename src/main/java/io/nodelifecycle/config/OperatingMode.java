package io.nodelifecycle.config;

/**
 * What the flags, the feature gates and the choice of controllers come to: which parts run, and how
 * each works. What a part that does not run would do is false.
 *
 * @param hasNodeLifecycle nodes are watched: health, conditions, zones, labels
 * @param hasConditionTaints conditions become NoSchedule taints
 * @param failure what happens to the pods of a failed node
 * @param hasTaintEviction pods that do not tolerate a NoExecute taint are deleted
 * @param hasDisruptionCondition they get the condition DisruptionTarget before
 * @param hasComparisonOperators their tolerations may compare numbers
 * @param isAnchoredAtTaint their tolerationSeconds count from the taint's appearance
 */
public record OperatingMode(
    boolean hasNodeLifecycle,
    boolean hasConditionTaints,
    Failure failure,
    boolean hasTaintEviction,
    boolean hasDisruptionCondition,
    boolean hasComparisonOperators,
    boolean isAnchoredAtTaint) {
  /** What happens to the pods of a failed node. */
  public enum Failure {
    /** Nothing: node health is someone else's business. */
    NOTHING,
    /** The node gets a NoExecute taint, which decides about them. */
    TAINT,
    /** They are evicted after the pod eviction timeout. */
    TIMEOUT
  }

  /** What the choices come to. */
  static OperatingMode of(Choices choices) {
    var isByTaints = choices.isTaintManagerEnabled && choices.taintBasedEvictions;
    var evicts = choices.isTaintEvictionOn && choices.isTaintManagerEnabled;
    return new OperatingMode(
        choices.isNodeLifecycleOn,
        choices.isNodeLifecycleOn && choices.taintNodesByCondition,
        !choices.isNodeLifecycleOn ? Failure.NOTHING : isByTaints ? Failure.TAINT : Failure.TIMEOUT,
        evicts,
        evicts && choices.podDisruptionConditions,
        evicts && choices.taintTolerationComparisonOperators,
        evicts && choices.tolerationSecondsFromTaint);
  }

  static OperatingMode from(SettingReader reader) {
    return of(Choices.from(reader));
  }

  /** Whether nothing runs at all: such choices are refused. */
  boolean isNothing() {
    return !hasNodeLifecycle && !hasTaintEviction;
  }

  /** The settings that decide. */
  record Choices(
      boolean isNodeLifecycleOn,
      boolean isTaintEvictionOn,
      boolean isTaintManagerEnabled,
      boolean taintBasedEvictions,
      boolean taintNodesByCondition,
      boolean podDisruptionConditions,
      boolean taintTolerationComparisonOperators,
      boolean tolerationSecondsFromTaint) {

    static Choices from(SettingReader reader) {
      var controllers = reader.all(SettingRegistry.CONTROLLERS);
      return new Choices(
          ControllerName.NODE_LIFECYCLE.isOn(controllers),
          ControllerName.TAINT_EVICTION.isOn(controllers),
          reader.get(SettingRegistry.ENABLE_TAINT_MANAGER),
          reader.isOn(FeatureGate.TAINT_BASED_EVICTIONS),
          reader.isOn(FeatureGate.TAINT_NODES_BY_CONDITION),
          reader.isOn(FeatureGate.POD_DISRUPTION_CONDITIONS),
          reader.isOn(FeatureGate.TAINT_TOLERATION_COMPARISON_OPERATORS),
          reader.isOn(FeatureGate.TOLERATION_SECONDS_FROM_TAINT));
    }
  }
}
