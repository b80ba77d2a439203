package io.vtlb.conformance.bench;

import io.vtlb.conformance.bench.TargetSpeed.Rates;
import java.util.List;
import java.util.Locale;

/** The speeds of targets as text for people. */
public final class TargetsText {

  private TargetsText() {}

  public static String of(TargetsPlan plan, List<TargetSpeed> speeds) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "events a second, one thread, mode %s, best of %d rounds of %d sequences of %d:%n",
                plan.modes().word(),
                plan.rounds(),
                plan.sequences(),
                plan.length()));
    for (TargetSpeed speed : speeds) {
      text.append(speed.target()).append('\n');
      text.append(line("", speed.own()));
      text.append(line(", bundled in this process", speed.inProcess()));
    }
    return text.append("answered: only the time in the target's calls, transport included\n")
        .toString();
  }

  private static String line(String whose, Rates rates) {
    return String.format(
        Locale.ROOT,
        "  %-33s %,10.0f (median %,.0f)%n  %-33s %,10.0f (median %,.0f)%n",
        "judged" + whose,
        rates.judged().operationsPerSecond(),
        rates.judged().medianOperationsPerSecond(),
        "answered" + whose,
        rates.answered().operationsPerSecond(),
        rates.answered().medianOperationsPerSecond());
  }
}
