/**
 * The packaged program as a process beside a real control plane: bad input, trouble with the API
 * server, odd objects, and many of them.
 *
 * <p>Only what a user can do is done and only what a user can see is looked at: flags, files,
 * output, exit codes, and objects of the API. Nothing of the program's own code is called.
 */
@NullMarked
package io.nodelifecycle.integration;

import org.jspecify.annotations.NullMarked;
