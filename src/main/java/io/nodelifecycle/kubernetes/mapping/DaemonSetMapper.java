package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.DaemonSetGone;
import io.nodelifecycle.core.Observation.DaemonSetSeen;
import io.nodelifecycle.core.model.DaemonSetSnapshot;
import io.nodelifecycle.core.model.PodSelector;
import io.nodelifecycle.core.model.PodSelector.Operator;
import io.nodelifecycle.core.model.PodSelector.Requirement;
import io.nodelifecycle.kubernetes.mapping.JsonCursor.FieldReader;
import io.nodelifecycle.kubernetes.mapping.ObjectHeader.LabelChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads DaemonSets: of each only which pods it selects. */
public final class DaemonSetMapper extends ResourceMapper {
  private final FieldReader specReader = this::readSpec;
  private final FieldReader selectorReader = this::readSelector;
  private final FieldReader labelReader = this::readLabel;
  private final FieldReader expressionReader = this::readExpressionField;
  private final List<Requirement> requirements = new ArrayList<>();
  private final Set<String> operands = new HashSet<>();
  private String key = "";
  private String operator = "";

  DaemonSetMapper(JsonCursor json, SharedValues values) {
    super(json, values, LabelChoice.NONE, true);
  }

  @Override
  void clear() {
    requirements.clear();
  }

  @Override
  boolean readOwn(String field) {
    if (field.equals("spec")) {
      json.object(specReader);
      return true;
    }
    return false;
  }

  @Override
  public Optional<Observation> seen(boolean isListed, Instant wallClock) {
    return Optional.of(
        new DaemonSetSeen(
            new DaemonSetSnapshot(
                values.text(header.namespace),
                header.name,
                header.uid,
                new PodSelector(List.copyOf(requirements)))));
  }

  @Override
  public Optional<Observation> gone() {
    return Optional.of(new DaemonSetGone(header.uid));
  }

  private void readSpec(String field) {
    if (field.equals("selector")) {
      json.object(selectorReader);
    } else {
      json.skip();
    }
  }

  private void readSelector(String field) {
    switch (field) {
      case "matchLabels" -> json.object(labelReader);
      case "matchExpressions" -> json.array(this::readExpression);
      default -> json.skip();
    }
  }

  private void readLabel(String label) {
    requirements.add(new Requirement(label, Operator.IN, Set.of(json.text())));
  }

  /** An element that is no object asks for something that cannot be known: it matches nothing. */
  private void readExpression() {
    key = "";
    operator = "";
    operands.clear();
    if (json.isObject()) {
      json.object(expressionReader);
    } else {
      json.skip();
    }
    requirements.add(new Requirement(key, operator(), Set.copyOf(operands)));
  }

  private Operator operator() {
    return switch (operator) {
      case "In" -> Operator.IN;
      case "NotIn" -> Operator.NOT_IN;
      case "Exists" -> Operator.EXISTS;
      case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
      default -> Operator.UNKNOWN;
    };
  }

  private void readExpressionField(String field) {
    switch (field) {
      case "key" -> key = json.text();
      case "operator" -> operator = json.text();
      case "values" -> json.array(() -> operands.add(json.text()));
      default -> json.skip();
    }
  }
}
