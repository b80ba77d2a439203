package io.vtlb.conformance.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what each round of a measurement runs. */
@SuppressWarnings("NullAway.Init") // picocli sets what is annotated
final class RoundOptions {

  private static final int MOST_SEQUENCES = 100_000;
  private static final int LONGEST = 10_000;
  private static final int MOST_ROUNDS = 1_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--sequences",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Sequences in each round (default: ${DEFAULT-VALUE}).")
  private int sequences;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "40",
      description = "Operations in each sequence (default: ${DEFAULT-VALUE}).")
  private int length;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Decides the sequences (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "15",
      description = "Rounds that count, after as many to warm up (default: ${DEFAULT-VALUE}).")
  private int rounds;

  int sequences() {
    return between("--sequences", sequences, MOST_SEQUENCES);
  }

  int length() {
    return between("--length", length, LONGEST);
  }

  long seed() {
    return seed;
  }

  int rounds() {
    return between("--rounds", rounds, MOST_ROUNDS);
  }

  private int between(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s must be 1 to %d, not %d".formatted(option, most, value));
    }
    return value;
  }
}
