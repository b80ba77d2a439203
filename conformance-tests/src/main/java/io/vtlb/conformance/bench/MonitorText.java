package io.vtlb.conformance.bench;

import java.util.Locale;

/** The speeds of the monitor as text for people. */
public final class MonitorText {

  private MonitorText() {}

  public static String of(MonitorSpeeds speeds) {
    MonitorPlan plan = speeds.plan();
    String text =
        String.format(
            Locale.ROOT,
            "operations judged by one thread, mode %s, best of %d rounds of %d sequences of %d:%n",
            plan.modes().word(),
            plan.rounds(),
            plan.sequences(),
            plan.length());
    text += line("the kit, sequences generated before", speeds.judging());
    text += line("the kit, generating them as well", speeds.generating());
    return text
        + speeds
            .chains()
            .map(chains -> compared(speeds, chains))
            .orElse("no comparison: jqwik is not there, or the mode is not 4level\n");
  }

  private static String compared(MonitorSpeeds speeds, Speed chains) {
    return line("a jqwik property, chains of the same length", chains)
        + String.format(
            Locale.ROOT,
            "ratio %.1f; %.1f if the kit generates as well%n",
            speeds.judging().operationsPerSecond() / chains.operationsPerSecond(),
            speeds.generating().operationsPerSecond() / chains.operationsPerSecond());
  }

  private static String line(String what, Speed speed) {
    return String.format(
        Locale.ROOT,
        "%-44s %,10.0f a second (median %,.0f; by CPU time %,.0f)%n",
        what,
        speed.operationsPerSecond(),
        speed.medianOperationsPerSecond(),
        speed.cpuOperationsPerSecond());
  }
}
