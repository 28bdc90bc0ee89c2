/**
 * How long the hot paths of the program take, and how much they allocate, measured by JMH.
 *
 * <p>{@code BenchmarksTest} runs all benchmarks, for a moment in every build and properly on
 * request; those of a single class are beside it, as its tests are. Benchmarks decide nothing and
 * compare nothing; what is measured is said by {@link io.nodelifecycle.benchmark.Operation}.
 *
 * <p>Benchmarks are public and not final because JMH generates classes that extend them.
 */
@NullMarked
package io.nodelifecycle.benchmark;

import org.jspecify.annotations.NullMarked;
