package io.nodelifecycle.kubernetes.informer;

import io.nodelifecycle.kubernetes.http.ApiTransport;
import io.nodelifecycle.runtime.ObservationSink;
import io.nodelifecycle.runtime.TimeSource;
import java.util.random.RandomGenerator;

/**
 * What an informer is connected to.
 *
 * @param transport where it reads
 * @param sink where observations go
 * @param time measures gaps and stamps observations
 * @param random spreads retries and the ends of watches
 * @param hasPodLabels whether labels of pods are kept
 */
record Feed(
    ApiTransport transport,
    ObservationSink sink,
    TimeSource time,
    RandomGenerator random,
    boolean hasPodLabels) {}
