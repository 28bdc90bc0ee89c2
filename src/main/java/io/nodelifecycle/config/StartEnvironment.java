package io.nodelifecycle.config;

import java.util.Map;
import java.util.Optional;

/**
 * What surrounds the program when it starts.
 *
 * @param variables environment variables
 * @param files the files that flags and variables name
 */
public record StartEnvironment(Map<String, String> variables, FileSource files) {

  /** Takes a copy of the variables. */
  public StartEnvironment {
    variables = Map.copyOf(variables);
  }

  /** A variable that is set and not empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }
}
