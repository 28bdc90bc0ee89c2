package io.nodelifecycle.core.model;

/**
 * What is kept of a DaemonSet: the latest version seen.
 *
 * @param namespace its namespace; it has pods there only
 * @param name its name
 * @param uid its uid
 * @param selector which pods are its own
 */
public record DaemonSetSnapshot(String namespace, String name, String uid, PodSelector selector) {}
