package io.nodelifecycle.performance;

/**
 * What one run of an outage came to.
 *
 * @param firstWrite seconds from the start of the process to its first write
 * @param residentAtRest MiB of memory before the outage
 * @param residentPeak MiB of memory at most, to the end of the outage
 * @param cpuAtRest seconds of CPU per second before the outage
 * @param lastNodeJudged seconds from the end of a node's grace to its being Unknown and tainted
 *     NoSchedule, for the node that waited longest
 * @param lastPodMarked seconds from the end of the first node's grace to the last pod's being not
 *     Ready
 * @param requests answered by the API server from the death of the nodes until it was quiet
 */
record OutageFigures(
    double firstWrite,
    double residentAtRest,
    double residentPeak,
    double cpuAtRest,
    double lastNodeJudged,
    double lastPodMarked,
    double requests) {}
