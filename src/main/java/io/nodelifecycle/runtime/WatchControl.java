package io.nodelifecycle.runtime;

import io.nodelifecycle.core.model.Resource;

/** What feeds the control loop, as far as that may ask something of it. */
@FunctionalInterface
public interface WatchControl {
  /**
   * Closes the watch of a resource and opens it anew; nothing happens if it is being opened or
   * listed anyway. Returns at once.
   *
   * @param isFromList everything is listed again; else the watch goes on where it had come to
   */
  void reopen(Resource resource, boolean isFromList);
}
