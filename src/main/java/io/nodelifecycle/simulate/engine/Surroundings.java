package io.nodelifecycle.simulate.engine;

import io.nodelifecycle.sandbox.cluster.SandboxCluster;

/** What everything in a world shares. */
record Surroundings(
    VirtualTime time,
    Agenda agenda,
    Weather weather,
    SandboxCluster cluster,
    WorldObserver observer) {}
