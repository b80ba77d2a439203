package io.vtlb.conformance.report;

import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.smoke.Reason;
import io.vtlb.conformance.smoke.Row;
import io.vtlb.conformance.smoke.Row.Result;
import io.vtlb.conformance.smoke.Row.Shortfall;
import io.vtlb.conformance.smoke.Said;
import io.vtlb.conformance.smoke.Tried;
import io.vtlb.model.monitor.Violation;

/** What came of each message of a target, a line for each, and what is wrong below it. */
public final class SmokeText {

  private static final int NAME_WIDTH = 32;
  private static final int RESULT_WIDTH = 14;
  private static final String INDENT = "    ";

  private SmokeText() {}

  /** One message. */
  public static String of(Row row) {
    String line =
        pad(row.call(), NAME_WIDTH)
            + pad(words(row.result()), RESULT_WIDTH)
            + (row.about() + note(row)).strip();
    return line.stripTrailing()
        + "\n"
        + row.shortfall().map(shortfall -> of(row, shortfall)).orElse("");
  }

  private static String note(Row row) {
    if (row.note().isEmpty()) {
      return "";
    }
    return row.result() == Result.WORKS ? ": " + row.note() : " (" + row.note() + ")";
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static String words(Result result) {
    return result == Result.FAILS ? "FAILS" : result.id().replace('-', ' ');
  }

  private static String of(Row row, Shortfall shortfall) {
    StringBuilder text = new StringBuilder("\n");
    if (!shortfall.at().equals(row.call())) {
      line(text, "at:        ", shortfall.at());
    }
    for (Said said : shortfall.said()) {
      line(text, said.byTarget() ? "came back: " : "sent:      ", said.text());
    }
    boolean silent = shortfall.said().stream().noneMatch(Said::byTarget);
    if (silent && shortfall.reason() instanceof Reason.Failed) {
      line(text, "came back: ", "nothing");
    }
    switch (shortfall.reason()) {
      case Reason.Failed(var misbehaviour) -> append(text, misbehaviour);
      case Reason.Broke(var violation) -> append(text, violation);
    }
    line(text, "expected:  ", shortfall.expected());
    line(text, "an answer: ", shortfall.form());
    shortfall.example().forEach(example -> line(text, "example:   ", example));
    line(text, "see:       ", shortfall.place());
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, Misbehaviour misbehaviour) {
    line(
        text,
        "found:     ",
        "%s (%s): %s"
            .formatted(
                misbehaviour.kind().family().id(), misbehaviour.kind().id(), misbehaviour.told()));
    misbehaviour.lastWords().lines().forEach(words -> line(text, "stderr:    ", words));
  }

  private static void append(StringBuilder text, Violation violation) {
    line(text, "found:     ", violation.rule() + ": " + violation.reason());
    line(text, "rule:      ", violation.rule().statement());
    line(text, "look at:   ", violation.rule().ifThisFails());
  }

  private static void line(StringBuilder text, String what, String words) {
    text.append(INDENT).append(what).append(words).append('\n');
  }

  /** The last line. */
  public static String end(Tried tried) {
    return tried
        .firstFailure()
        .map(row -> "fails: first of all " + row.call() + ", " + row.about())
        .orElseGet(() ->
            "works: every message that could be tried; next: ./vtlb verify --target '%s'"
                .formatted(tried.target().replace("'", "'\\''")));
  }
}
