package io.nodelifecycle.config;

import java.util.List;

/** Effective values, by setting. */
interface SettingReader {

  /** The value of a setting that has one. */
  <T> T get(Setting<T> setting);

  /** The elements of a setting that is a list. */
  <T> List<T> all(Setting<T> setting);

  /** Whether a gate is on. */
  boolean isOn(FeatureGate gate);
}
