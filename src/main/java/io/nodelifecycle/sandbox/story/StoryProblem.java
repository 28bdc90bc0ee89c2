package io.nodelifecycle.sandbox.story;

/**
 * Something that is wrong with a story.
 *
 * @param file the story's file
 * @param line the line, from 1
 * @param field the path of the field, for example {@code chapters[1].at}; empty for the whole
 * @param what what is wrong and what would be right
 */
public record StoryProblem(String file, int line, String field, String what) {

  /** The whole in one line. */
  public String text() {
    return file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + what;
  }
}
