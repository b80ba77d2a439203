package io.vtlb.conformance.recording;

import io.vtlb.conformance.recording.RecordingReport.Score;
import io.vtlb.conformance.recording.RecordingReport.Skip;
import io.vtlb.conformance.recording.RecordingReport.Treatment;
import io.vtlb.conformance.recording.RecordingReport.Walks;
import java.util.Map;

/** A report as text for a reader at a terminal; the same report gives the same text everywhere. */
public final class TextReport {

  private final StringBuilder text = new StringBuilder();

  private TextReport() {}

  /** The whole report, each line with a line feed. */
  public static String of(RecordingReport report) {
    TextReport writer = new TextReport();
    writer.head(report);
    writer.checks(report);
    writer.remarks(report);
    writer.records(report);
    writer.disagreements(report);
    writer.verdict(report);
    return writer.text.toString();
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }

  private void head(RecordingReport report) {
    RecordingHeader header = report.header();
    Walks walks = report.walks();
    line(
        "recording  %s (%s), %s records"
            .formatted(header.name(), header.format(), report.records()));
    line("guest      %s".formatted(header.guest()));
    line("processor  %s".formatted(RecordedProcessor.describe(header.profile())));
    line(
        "walks      %s: %s agree, %s disagree, %s skipped"
            .formatted(walks.total(), walks.agree(), walks.disagree(), walks.skipped()));
  }

  private void checks(RecordingReport report) {
    line("");
    line("%-20s %9s %9s".formatted("check", "agree", "disagree"));
    for (Map.Entry<CheckKind, Score> check : report.checks().entrySet()) {
      Score score = check.getValue();
      line("%-20s %9s %9s".formatted(check.getKey().key(), score.agree(), score.disagree()));
    }
  }

  private void remarks(RecordingReport report) {
    if (!report.remarks().isEmpty()) {
      line("");
      line("agreements that need explaining");
      report.remarks().forEach((remark, count) -> line("%9s  %s".formatted(count, remark)));
    }
  }

  private void records(RecordingReport report) {
    long checked = 0;
    long context = 0;
    long skipped = 0;
    for (Treatment treatment : report.kinds().values()) {
      checked += treatment.checked();
      context += treatment.context();
      skipped += treatment.skipped();
    }
    line("");
    line("records: %s checked, %s context, %s skipped".formatted(checked, context, skipped));
    for (Skip skip : report.skips()) {
      line("%9s  %-10s %s".formatted(skip.count(), skip.kind(), skip.reason()));
    }
  }

  private void disagreements(RecordingReport report) {
    line("");
    if (report.disagreementCount() == 0) {
      line("disagreements: none");
      return;
    }
    int listed = report.disagreements().size();
    line(
        "disagreements: "
            + report.disagreementCount()
            + (listed < report.disagreementCount() ? ", of which the first " + listed : ""));
    for (Disagreement disagreement : report.disagreements()) {
      line("  line " + disagreement.line() + ", " + disagreement.check().key());
      line("    recorded: " + disagreement.recorded());
      line("    model:    " + disagreement.model());
    }
  }

  private void verdict(RecordingReport report) {
    line(
        switch (report.verdict()) {
          case AGREES -> "verdict: the recording agrees with the model";
          case DISAGREES -> "verdict: the recording disagrees with the model";
          case INCONCLUSIVE -> "verdict: inconclusive, no walk could be checked";
        });
  }
}
