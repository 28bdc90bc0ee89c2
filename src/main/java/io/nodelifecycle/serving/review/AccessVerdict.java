package io.nodelifecycle.serving.review;

/**
 * Whether somebody may do something.
 *
 * @param isAllowed otherwise it is denied
 * @param reason for people, may be empty
 */
public record AccessVerdict(boolean isAllowed, String reason) {}
