package io.nodelifecycle.kubernetes.election;

import java.time.Duration;

/**
 * How a candidate behaves.
 *
 * @param namespace of the lease
 * @param name of the lease
 * @param identity this process, unlike any other that ever was
 * @param leaseDuration how long the others leave a leader alone that does not renew
 * @param renewDeadline how long after its last renewal a leader acts, less than that
 * @param retryPeriod from one renewal, or try to get the lease, to the next, less than that
 */
public record ElectionPolicy(
    String namespace,
    String name,
    String identity,
    Duration leaseDuration,
    Duration renewDeadline,
    Duration retryPeriod) {}
