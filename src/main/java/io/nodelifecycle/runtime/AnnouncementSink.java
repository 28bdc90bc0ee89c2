package io.nodelifecycle.runtime;

import io.nodelifecycle.core.Action.Announcement;

/** Tells people about changes: a log, a display. */
@FunctionalInterface
public interface AnnouncementSink {
  /** Passes one on; must return at once and never throw. */
  void announce(Announcement announcement);
}
