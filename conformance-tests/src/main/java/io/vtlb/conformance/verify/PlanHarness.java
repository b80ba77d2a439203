package io.vtlb.conformance.verify;

import io.vtlb.conformance.run.Harness;
import java.util.List;

/** A harness that makes the sequences of a plan where it runs them, in another process. */
public interface PlanHarness extends Harness {

  /**
   * Runs sequences of a plan, in the order of their numbers; may end early, after the target has
   * failed more often than the plan restarts it.
   *
   * @param first the number of the first, from 0
   */
  List<Played> play(VerificationPlan plan, long first, int count);
}
