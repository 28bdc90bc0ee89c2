package io.nodelifecycle.runtime;

/**
 * The API server, as far as the loop has to do with it.
 *
 * @param writer sends single writes
 * @param reader sends single live reads
 */
public record ApiAccess(ApiWriter writer, ApiReader reader) {}
