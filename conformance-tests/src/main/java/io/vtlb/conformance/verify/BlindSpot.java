package io.vtlb.conformance.verify;

import io.vtlb.conformance.generate.Ingredient;
import io.vtlb.model.rule.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule that could be judged, and was never exercised in the sequences that have an ingredient.
 *
 * @param sequences how many these were
 */
public record BlindSpot(Rule rule, Ingredient ingredient, long sequences) {

  /** Those of a run, by rule, where there were sequences at all. */
  public static List<BlindSpot> of(Verification run, Verdict verdict) {
    List<BlindSpot> spots = new ArrayList<>();
    for (RuleVerdict rule : verdict.rules()) {
      if (rule.kind() != RuleVerdict.Kind.SKIPPED) {
        for (Ingredient ingredient : run.plan().offered()) {
          long sequences = run.coverage().sequences(ingredient);
          if (sequences > 0 && run.coverage().exercised(rule.rule(), ingredient) == 0) {
            spots.add(new BlindSpot(rule.rule(), ingredient, sequences));
          }
        }
      }
    }
    return spots;
  }
}
