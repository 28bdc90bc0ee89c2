package io.nodelifecycle.parity.play;

import io.nodelifecycle.testing.ControlPlane;
import io.nodelifecycle.testing.ControlPlane.Authorization;
import io.nodelifecycle.testing.DeployedAccount;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Control planes that are used again; as many are started as are in use at once. They go by RBAC
 * and have the account that the program is deployed with.
 */
final class ControlPlanes implements AutoCloseable {
  private final Queue<ControlPlane> idle = new ConcurrentLinkedQueue<>();

  /** An idle one, or a new one. */
  ControlPlane take() {
    var free = idle.poll();
    return free != null ? free : start();
  }

  private static ControlPlane start() {
    var plane = ControlPlane.start(Authorization.RBAC, List.of());
    try {
      DeployedAccount.install(plane);
      return plane;
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  /** Takes one back that can be used again. */
  void giveBack(ControlPlane plane) {
    idle.add(plane);
  }

  @Override
  public void close() {
    for (var plane = idle.poll(); plane != null; plane = idle.poll()) {
      plane.close();
    }
  }
}
