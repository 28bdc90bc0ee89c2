package io.nodelifecycle.config;

/** How log records are written. */
public enum LogFormat {
  /** One line of words for people. */
  TEXT,
  /** One JSON object a line. */
  JSON
}
