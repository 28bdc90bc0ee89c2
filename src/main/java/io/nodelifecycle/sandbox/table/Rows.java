package io.nodelifecycle.sandbox.table;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How objects of one type become rows. */
interface Rows {

  /** The columns, in order. */
  List<Column> columns();

  /** The cells of an object, one for each column: strings or numbers. */
  List<Object> cells(ObjectNode object, Instant now);
}
