package io.nodelifecycle.sandbox.yaml;

/**
 * Something that is wrong with a YAML file.
 *
 * @param file the file's name
 * @param line the line, from 1
 * @param field the path of the field, for example {@code chapters[1].at}; empty for the whole
 * @param what what is wrong and what would be right
 */
public record YamlProblem(String file, int line, String field, String what) {

  /** The whole in one line. */
  public String text() {
    return file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + what;
  }
}
