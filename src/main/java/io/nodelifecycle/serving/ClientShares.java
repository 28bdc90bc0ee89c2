package io.nodelifecycle.serving;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests are under way, in all and from one address, so that no client keeps others out.
 * Each is counted by the thread that it runs on. Thread-safe.
 */
final class ClientShares {
  private final int allMax;
  private final int addressMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Thread, InetAddress> clients = new HashMap<>();
  private final Map<InetAddress, Integer> counts = new HashMap<>();

  /**
   * Nothing is under way.
   *
   * @param allMax at least 1
   * @param addressMax at least 1
   */
  ClientShares(int allMax, int addressMax) {
    this.allMax = allMax;
    this.addressMax = addressMax;
  }

  /**
   * A request from there begins on this thread, which has none; false if it is one too many, and
   * then it is not counted.
   */
  boolean enter(InetAddress address) {
    lock.lock();
    try {
      if (clients.size() >= allMax || counts.getOrDefault(address, 0) >= addressMax) {
        return false;
      }
      clients.put(Thread.currentThread(), address);
      counts.merge(address, 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What has begun on this thread, if anything, is over. */
  void leave() {
    lock.lock();
    try {
      var address = clients.remove(Thread.currentThread());
      if (address != null) {
        counts.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
      }
    } finally {
      lock.unlock();
    }
  }
}
