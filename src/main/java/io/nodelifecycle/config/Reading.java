package io.nodelifecycle.config;

import java.util.List;

/**
 * What one place (command line or file) holds.
 *
 * @param given what it sets, in its order
 * @param problems what cannot be assigned to a setting
 */
record Reading(List<Given> given, List<Problem> problems) {
  static final Reading EMPTY = new Reading(List.of(), List.of());

  Reading {
    given = List.copyOf(given);
    problems = List.copyOf(problems);
  }

  static Reading failed(Problem problem) {
    return new Reading(List.of(), List.of(problem));
  }
}
