package io.vtlb.conformance.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A sweep as text for people. */
public final class SweepText {

  private SweepText() {}

  /** What will be swept: each mode's combinations, exactly, by section. */
  public static String plan(List<SweptMode> modes) {
    StringBuilder text = new StringBuilder();
    long total = 0;
    for (SweptMode mode : modes) {
      text.append(
          String.format(Locale.ROOT, "%-8s %,15d combinations", mode.name(), mode.combinations()));
      String separator = " = ";
      for (Section section : Section.values()) {
        if (mode.combinations(section) > 0) {
          text.append(separator)
              .append(
                  String.format(
                      Locale.ROOT, "%,d %s", mode.combinations(section), section.title()));
          separator = " + ";
        }
      }
      text.append('\n');
      total += mode.combinations();
    }
    return text.append(String.format(Locale.ROOT, "%-8s %,15d combinations%n", "all", total))
        .toString();
  }

  /** What came of it. */
  public static String of(SweepReport report) {
    StringBuilder text = new StringBuilder();
    report.modes().forEach(mode -> text.append(mode(mode)));
    text.append(lemma(report));
    text.append(witness(report.witness()));
    text.append(
        report.agrees()
            ? String.format(Locale.ROOT, "agrees: %,d combinations compared%n", report.compared())
            : String.format(
                Locale.ROOT,
                "disagrees: see above; %,d combinations compared%n",
                report.compared()));
    return text.toString();
  }

  private static String mode(SweepReport.ModeResult result) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-8s %,15d compared, %,d disagreements, %.1f s%s%n",
            result.mode().name(),
            result.tally().compared(),
            result.tally().disagreements(),
            seconds(result.time()),
            result.resumed() == 0
                ? ""
                : String.format(Locale.ROOT, " (%,d of them before)", result.resumed())));
    result.shown().forEach(text::append);
    more(text, result.tally().disagreements(), result.shown().size());
    return text.toString();
  }

  private static String lemma(SweepReport report) {
    StringBuilder text = new StringBuilder();
    long walks = 0;
    long wrong = 0;
    for (UpperLevels.Result result : report.lemma()) {
      walks += result.combinations();
      wrong += result.disagreements();
    }
    text.append(
        String.format(
            Locale.ROOT,
            "lemma (upper levels matter only through the state they accumulate): %,d walks, %,d"
                + " disagreements, %.1f s%n",
            walks,
            wrong,
            seconds(report.lemmaTime())));
    for (UpperLevels.Result result : report.lemma()) {
      result.shown().forEach(one -> text.append("  ").append(one).append('\n'));
      more(text, result.disagreements(), result.shown().size());
    }
    return text.toString();
  }

  private static String witness(WitnessResult result) {
    if (result.witness().isEmpty()) {
      return String.format(
          Locale.ROOT,
          "emulator: not available, %s: a sample of %,d skipped%n",
          result.absence(),
          result.sampled());
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "emulator: %s, %,d of a sample of %,d compared, %,d disagreements%n",
            result.witness().get(),
            result.compared(),
            result.sampled(),
            result.disagreements()));
    result
        .declined()
        .forEach((reason, count) ->
            text.append(String.format(Locale.ROOT, "  declined %,d: %s%n", count, reason)));
    result
        .explained()
        .forEach((deviation, count) ->
            text.append(String.format(Locale.ROOT, "  known %,d: %s%n", count, deviation)));
    result.shown().forEach(one -> text.append("  ").append(one).append('\n'));
    more(text, result.disagreements(), result.shown().size());
    return text.toString();
  }

  private static void more(StringBuilder text, long all, int shown) {
    if (all > shown) {
      text.append(String.format(Locale.ROOT, "  ... and %,d more%n", all - shown));
    }
  }

  static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
