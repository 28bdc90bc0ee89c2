package io.nodelifecycle.simulate;

import io.nodelifecycle.simulate.record.SimulationRecord;
import io.nodelifecycle.simulate.report.ComparisonText;
import io.nodelifecycle.simulate.report.JsonReport;
import io.nodelifecycle.simulate.report.SummaryText;
import io.nodelifecycle.simulate.report.TimelineText;
import io.nodelifecycle.simulate.report.page.HtmlReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The forms of the reports. */
public final class ReportFormat implements ResultFormat {
  /** All of them. */
  public ReportFormat() {}

  @Override
  public String timeline(SimulationRecord record, boolean isFolded) {
    return isFolded ? TimelineText.folded(record) : TimelineText.everything(record);
  }

  @Override
  public String summary(SimulationRecord record) {
    return SummaryText.of(record);
  }

  @Override
  public String comparison(List<SimulationRecord> records) {
    return ComparisonText.of(records);
  }

  @Override
  public void writeHtml(List<SimulationRecord> records, OutputStream out) throws IOException {
    HtmlReport.write(records, out);
  }

  @Override
  public void writeJson(List<SimulationRecord> records, OutputStream out) throws IOException {
    JsonReport.write(records, out);
  }
}
