package io.nodelifecycle.sandbox;

import io.nodelifecycle.sandbox.story.StoryScale;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line asks of the sandbox.
 *
 * @param isHelpWanted only the help is to be shown
 * @param isKeptRunning the cluster goes on after the story
 * @param scale what is different about the story's cluster
 * @param port where the API server listens; 0 for any free port
 * @param story a story of the user's own
 * @param isPlain lines even where there is a terminal
 */
record SandboxOptions(
    boolean isHelpWanted,
    boolean isKeptRunning,
    StoryScale scale,
    int port,
    Optional<Path> story,
    boolean isPlain) {}
