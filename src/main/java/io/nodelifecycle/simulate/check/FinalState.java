package io.nodelifecycle.simulate.check;

import io.nodelifecycle.core.CorePolicy;
import io.nodelifecycle.core.model.NodeSnapshot;
import io.nodelifecycle.core.model.PodSnapshot;
import java.time.Duration;
import java.util.List;

/**
 * What a cluster has come to, a long time after the last trouble.
 *
 * @param policy of the controller
 * @param quiet how long there has been no trouble
 * @param nodes all of them
 * @param pods all of them that are bound to a node
 */
public record FinalState(
    CorePolicy policy, Duration quiet, List<Machine> nodes, List<PodSnapshot> pods) {
  /** Takes copies. */
  public FinalState {
    nodes = List.copyOf(nodes);
    pods = List.copyOf(pods);
  }

  /**
   * A node and the machine behind it.
   *
   * @param node as the API server has it
   * @param isAlive whether the machine runs; its heartbeats arrive, then
   * @param unheard how long ago its last heartbeat was
   */
  public record Machine(NodeSnapshot node, boolean isAlive, Duration unheard) {}

  /** Says what is not as it should be. */
  @FunctionalInterface
  public interface Judge {
    /** Has nothing to say: what is found is found on the way. */
    Judge NONE = _ -> List.of();

    /** Every difference between what is and what should be, in words; none if all is well. */
    List<String> differences(FinalState state);
  }
}
