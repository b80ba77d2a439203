package io.vtlb.conformance.verify;

import io.vtlb.conformance.generate.GeneratedSequence;
import io.vtlb.conformance.generate.SequenceGenerator;
import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.StepListener;

/** Runs the sequences of a plan by their numbers; safe for use by several threads. */
public final class NumberedPlay {

  private final VerificationPlan plan;
  private final SequenceGenerator generator;

  public NumberedPlay(VerificationPlan plan) {
    this.plan = plan;
    this.generator = plan.generator();
  }

  /** Makes a sequence and runs it. */
  public Played play(long number, Harness harness, StepListener listener) {
    GeneratedSequence generated = plan.generated(generator, number);
    return new Played(
        generated.ingredients(), harness.run(generated.sequence(), plan.rules(), listener));
  }
}
