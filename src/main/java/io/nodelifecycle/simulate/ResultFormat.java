package io.nodelifecycle.simulate;

import io.nodelifecycle.simulate.record.SimulationRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The forms in which results are shown. Texts end with a line break. */
public interface ResultFormat {
  /** What happened, in the order of time; what happened many times is one line if folded. */
  String timeline(SimulationRecord record, boolean isFolded);

  /** What it came to. */
  String summary(SimulationRecord record);

  /** What several came to, side by side. */
  String comparison(List<SimulationRecord> records);

  /**
   * A page with charts.
   *
   * @throws IOException if it cannot be written
   */
  void writeHtml(List<SimulationRecord> records, OutputStream out) throws IOException;

  /**
   * Everything.
   *
   * @throws IOException if it cannot be written
   */
  void writeJson(List<SimulationRecord> records, OutputStream out) throws IOException;
}
