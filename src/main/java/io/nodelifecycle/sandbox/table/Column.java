package io.nodelifecycle.sandbox.table;

/**
 * A column of a table.
 *
 * @param name its heading
 * @param type the JSON type of its cells
 * @param isWide whether it is printed only if more columns are asked for
 */
record Column(String name, String type, boolean isWide) {

  static Column of(String name) {
    return new Column(name, "string", false);
  }

  static Column wide(String name) {
    return new Column(name, "string", true);
  }

  static Column number(String name) {
    return new Column(name, "integer", false);
  }
}
