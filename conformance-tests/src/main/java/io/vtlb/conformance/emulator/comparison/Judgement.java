package io.vtlb.conformance.emulator.comparison;

import java.util.Set;

/** How a result of the emulator stands to the model. */
public sealed interface Judgement {

  /** The model admits it. */
  record Agrees() implements Judgement {}

  /**
   * It is what the ledger predicts.
   *
   * @param deviations the fewest entries of the ledger that predict it
   * @param admitted what the model admits
   */
  record Known(Set<KnownDeviation> deviations, Prediction admitted) implements Judgement {

    public Known {
      deviations = Set.copyOf(deviations);
    }
  }

  /**
   * It is neither.
   *
   * @param admitted what the model admits
   */
  record Deviates(Prediction admitted) implements Judgement {}
}
