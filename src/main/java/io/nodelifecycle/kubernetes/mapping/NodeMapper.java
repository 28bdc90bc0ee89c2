package io.nodelifecycle.kubernetes.mapping;

import static io.nodelifecycle.core.model.NodeCondition.DISK_PRESSURE;
import static io.nodelifecycle.core.model.NodeCondition.MEMORY_PRESSURE;
import static io.nodelifecycle.core.model.NodeCondition.NETWORK_UNAVAILABLE;
import static io.nodelifecycle.core.model.NodeCondition.PID_PRESSURE;
import static io.nodelifecycle.core.model.NodeCondition.READY;

import io.nodelifecycle.core.Observation;
import io.nodelifecycle.core.Observation.NodeGone;
import io.nodelifecycle.core.Observation.NodeSeen;
import io.nodelifecycle.core.model.NodeCondition;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.Taint;
import io.nodelifecycle.kubernetes.mapping.JsonCursor.FieldReader;
import io.nodelifecycle.kubernetes.mapping.ObjectHeader.LabelChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads nodes. */
public final class NodeMapper extends ResourceMapper {
  private final ConditionReader condition;
  private final TaintReader taint;
  private final FieldReader specReader = this::readSpec;
  private final FieldReader statusReader = this::readStatus;
  private final List<NodeCondition> conditions = new ArrayList<>();
  private final List<Taint> taints = new ArrayList<>();
  private boolean isUnschedulable;

  /**
   * Reads from this cursor.
   *
   * @param values shares what repeats between objects
   */
  public NodeMapper(JsonCursor json, SharedValues values) {
    super(json, values, LabelChoice.OF_NODES, false);
    condition = new ConditionReader(json);
    taint = new TaintReader(json, values);
  }

  @Override
  void clear() {
    conditions.clear();
    taints.clear();
    isUnschedulable = false;
  }

  @Override
  public Optional<Observation> seen(boolean isListed, Instant wallClock) {
    return Optional.of(new NodeSeen(snapshot(wallClock), isListed, wallClock));
  }

  @Override
  public Optional<Observation> gone() {
    return Optional.of(new NodeGone(header.name, header.uid));
  }

  /** The node, if what was read is a node and not, for example, a Status. */
  public Optional<NodeSnapshot> node(Instant wallClock) {
    return header.kind.equals("Node") && problem().isEmpty()
        ? Optional.of(snapshot(wallClock))
        : Optional.empty();
  }

  /** A node without creationTimestamp counts as created just now. */
  private NodeSnapshot snapshot(Instant wallClock) {
    var created = header.creationTimestamp;
    return new NodeSnapshot(
        values.text(header.name),
        values.text(header.uid),
        header.resourceVersion,
        created != null ? created : wallClock,
        labels(),
        List.copyOf(taints),
        isUnschedulable,
        List.copyOf(conditions));
  }

  private Map<String, String> labels() {
    var shared = new TreeMap<String, String>();
    header.labels().forEach((key, value) -> shared.put(values.text(key), values.text(value)));
    return Map.copyOf(shared);
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
      case "unschedulable" -> isUnschedulable = json.isTrue();
      case "taints" -> json.array(() -> taint.read().ifPresent(taints::add));
      default -> json.skip();
    }
  }

  private void readStatus(String field) {
    if (field.equals("conditions")) {
      json.array(this::readCondition);
    } else {
      json.skip();
    }
  }

  /** Of several conditions of one type, which no API server accepts, the first counts. */
  private void readCondition() {
    condition.read();
    var type = known(condition.type());
    if (type.isPresent() && conditions.stream().noneMatch(c -> c.type().equals(type.get()))) {
      conditions.add(
          new NodeCondition(
              type.get(),
              condition.status(),
              condition.lastHeartbeatTime().orElse(null),
              condition.lastTransitionTime().orElse(null)));
    }
  }

  private static Optional<String> known(String type) {
    return switch (type) {
      case READY -> Optional.of(READY);
      case MEMORY_PRESSURE -> Optional.of(MEMORY_PRESSURE);
      case DISK_PRESSURE -> Optional.of(DISK_PRESSURE);
      case PID_PRESSURE -> Optional.of(PID_PRESSURE);
      case NETWORK_UNAVAILABLE -> Optional.of(NETWORK_UNAVAILABLE);
      default -> Optional.empty();
    };
  }
}
