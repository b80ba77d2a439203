package io.vtlb.conformance.emulator.comparison;

import io.vtlb.conformance.emulator.ProbeResult;
import java.util.Set;

/** Compares what the emulator did with what a model admits. */
public final class Comparison {

  private final Predictor predictor;

  public Comparison(AccessModel model) {
    predictor = new Predictor(model);
  }

  /** How a result stands to the model and the ledger. */
  public Judgement judge(Situation situation, ProbeResult result) {
    Prediction admitted = predictor.of(situation);
    if (admitted.admits(result)) {
      return new Judgement.Agrees();
    }
    for (Set<KnownDeviation> deviations : KnownDeviation.combinations(situation)) {
      if (predictor.of(situation, deviations).admits(result)) {
        return new Judgement.Known(deviations, admitted);
      }
    }
    return new Judgement.Deviates(admitted);
  }
}
