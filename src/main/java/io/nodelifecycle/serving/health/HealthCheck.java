package io.nodelifecycle.serving.health;

import java.util.function.Supplier;

/**
 * One of the things that health consists of.
 *
 * @param name part of a path: lower-case words joined by hyphens
 * @param verdict asked on any thread; returns at once
 */
public record HealthCheck(String name, Supplier<Verdict> verdict) {}
