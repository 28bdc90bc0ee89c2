package io.nodelifecycle.core.foreign;

import java.util.Optional;

/**
 * Whether other controllers' writes are looked for, and where to say so.
 *
 * @param isOn they are looked for while this process leads
 * @param election the lease of the election, about which an event says so; empty without one
 */
public record ForeignPolicy(boolean isOn, Optional<ElectionKey> election) {
  /** They are not looked for. */
  public static final ForeignPolicy OFF = new ForeignPolicy(false, Optional.empty());

  /**
   * The lease of the election.
   *
   * @param namespace where it is
   * @param name its name
   */
  public record ElectionKey(String namespace, String name) {}
}
