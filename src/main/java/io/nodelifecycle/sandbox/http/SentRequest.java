package io.nodelifecycle.sandbox.http;

/**
 * A request about objects as a client sent it.
 *
 * @param call what it is about
 * @param userAgent who says to have sent it; empty if nobody does
 * @param body what came with it, as text
 */
public record SentRequest(ApiCall call, String userAgent, String body) {}
