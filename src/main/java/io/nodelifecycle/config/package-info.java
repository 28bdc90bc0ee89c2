/**
 * What the program is told at its start. One registry of settings; the command line, the config
 * file, the help text, the reference document and the table printed at start all derive from it.
 *
 * <p>{@code Main} calls {@link io.nodelifecycle.config.CommandLineSettings} with its arguments and
 * environment and acts on the outcome: run, print, or refuse with every problem found. {@code
 * Wiring} turns the resulting {@link io.nodelifecycle.config.Settings} into the policies of the
 * core.
 *
 * <p>Nothing here prints, exits, reads the environment or contacts a server, and nothing knows a
 * Kubernetes client.
 */
@NullMarked
package io.nodelifecycle.config;

import org.jspecify.annotations.NullMarked;
