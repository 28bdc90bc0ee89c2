package io.nodelifecycle.invariant;

import java.time.Duration;

/**
 * How far facts may be apart without anybody being at fault.
 *
 * @param staleness how old the knowledge of a process may be whose observations are not reported
 * @param clockError how wrong the wall clocks may be that stamp taints and pods; only deadlines of
 *     what was there before a process started depend on them
 */
public record Slack(Duration staleness, Duration clockError) {
  /** Everything is reported, and all clocks are right. */
  public static Slack none() {
    return new Slack(Duration.ZERO, Duration.ZERO);
  }
}
