package io.nodelifecycle.parity.play;

import io.nodelifecycle.testing.ControlPlane;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Control planes that are used again; as many are started as are in use at once. */
final class ControlPlanes implements AutoCloseable {
  private final Queue<ControlPlane> idle = new ConcurrentLinkedQueue<>();

  /** An idle one, or a new one. */
  ControlPlane take() {
    var free = idle.poll();
    return free != null ? free : ControlPlane.start();
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
