package io.nodelifecycle.simulate.check;

/**
 * A fault put into the program on purpose.
 *
 * @param file below {@code src/main/java/io/nodelifecycle}
 * @param text occurs there exactly once
 * @param replacement stands there instead
 * @param sentence what is wrong then
 */
record Mutation(String file, String text, String replacement, String sentence) {
  /** The name of the mutated class. */
  String className() {
    return "io.nodelifecycle." + file.replace('/', '.').replace(".java", "");
  }
}
