package io.nodelifecycle.kubernetes.mapping;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.PodGone;
import io.nodelifecycle.core.Observation.PodSeen;
import io.nodelifecycle.core.model.ConditionStatus;
import io.nodelifecycle.core.model.PodKey;
import io.nodelifecycle.core.model.PodSnapshot;
import io.nodelifecycle.core.model.Toleration;
import io.nodelifecycle.kubernetes.mapping.JsonCursor.FieldReader;
import io.nodelifecycle.kubernetes.mapping.ObjectHeader.LabelChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads pods. Those that are not bound to a node are of no interest. */
public final class PodMapper extends ResourceMapper {
  private final ConditionReader condition;
  private final FieldReader specReader = this::readSpec;
  private final FieldReader statusReader = this::readStatus;
  private final FieldReader tolerationReader = this::readTolerationField;
  private final List<Toleration> tolerations = new ArrayList<>();
  private String nodeName = "";
  private ConditionStatus ready = ConditionStatus.ABSENT;
  private boolean isNodeLost;
  private @Nullable Instant scheduledAt;
  private String key = "";
  private String operator = "";
  private String value = "";
  private String effect = "";
  private OptionalLong tolerationSeconds = OptionalLong.empty();

  /**
   * Reads from this cursor.
   *
   * @param values shares what repeats between objects
   */
  public PodMapper(JsonCursor json, SharedValues values) {
    super(json, values, values.hasPodLabels() ? LabelChoice.ALL : LabelChoice.NONE, true);
    condition = new ConditionReader(json);
  }

  @Override
  void clear() {
    tolerations.clear();
    nodeName = "";
    ready = ConditionStatus.ABSENT;
    isNodeLost = false;
    scheduledAt = null;
  }

  @Override
  public Optional<Observation> seen(boolean isListed, Instant wallClock) {
    return nodeName.isEmpty()
        ? Optional.empty()
        : Optional.of(new PodSeen(snapshot(), isListed, wallClock));
  }

  @Override
  public Optional<Observation> gone() {
    return nodeName.isEmpty()
        ? Optional.empty()
        : Optional.of(new PodGone(new PodKey(header.namespace, header.name, header.uid)));
  }

  /** The pod, if what was read is a pod and not, for example, a Status. */
  public Optional<PodSnapshot> pod() {
    return header.kind.equals("Pod") && problem().isEmpty()
        ? Optional.of(snapshot())
        : Optional.empty();
  }

  private PodSnapshot snapshot() {
    return new PodSnapshot(
        new PodKey(values.text(header.namespace), header.name, header.uid),
        header.resourceVersion,
        values.text(nodeName),
        values.tolerations(tolerations),
        ready,
        header.isTerminating,
        header.isMirror,
        scheduledAt != null ? scheduledAt : header.creationTimestamp,
        isNodeLost,
        header.isOfDaemonSet,
        values.labels(header.labels()));
  }

  @Override
  boolean readOwn(String field) {
    switch (field) {
      case "spec" -> json.object(specReader);
      case "status" -> json.object(statusReader);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void readSpec(String field) {
    switch (field) {
      case "nodeName" -> nodeName = json.text();
      case "tolerations" -> json.array(this::readToleration);
      default -> json.skip();
    }
  }

  private void readStatus(String field) {
    switch (field) {
      case "conditions" -> json.array(this::readCondition);
      case "reason" -> isNodeLost = json.text().equals(PodSnapshot.NODE_LOST);
      default -> json.skip();
    }
  }

  /** Of several conditions of one type, which no API server accepts, the first counts. */
  private void readCondition() {
    condition.read();
    if (condition.type().equals("Ready") && ready == ConditionStatus.ABSENT) {
      ready = condition.status();
    } else if (condition.type().equals("PodScheduled") && scheduledAt == null) {
      scheduledAt = condition.lastTransitionTime().orElse(null);
    }
  }

  /** An element that is no object is no toleration: it must not tolerate everything. */
  private void readToleration() {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    key = "";
    operator = "";
    value = "";
    effect = "";
    tolerationSeconds = OptionalLong.empty();
    json.object(tolerationReader);
    var seconds = tolerationSeconds.isPresent() ? tolerationSeconds.getAsLong() : null;
    tolerations.add(
        new Toleration(
            values.text(key),
            values.text(operator),
            values.text(value),
            values.text(effect),
            seconds));
  }

  private void readTolerationField(String field) {
    switch (field) {
      case "key" -> key = json.text();
      case "operator" -> operator = json.text();
      case "value" -> value = json.text();
      case "effect" -> effect = json.text();
      case "tolerationSeconds" -> tolerationSeconds = json.number();
      default -> json.skip();
    }
  }
}
