package io.vtlb.conformance.verify;

import io.vtlb.conformance.reduce.Reducer;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.run.SequenceRun;
import io.vtlb.conformance.run.StepListener;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.model.trace.Sequence;

/**
 * A minimal sequence in which a target fails in the same way as in the run.
 *
 * @param crash the failure that it was reduced from
 * @param trace the minimal sequence and its recorded run
 */
public record Reproducer(Crash crash, RecordedTrace trace) {

  /** Reduces a crash, keeping the kind of exception. */
  public static Reproducer of(VerificationPlan plan, Crash crash) {
    Sequence crashing = plan.sequence(crash.sequence());
    Sequence cut = crashing.with(crashing.operations().subList(0, crash.operations()));
    Class<?> kind = crash.failure().getClass();
    Sequence minimal = Reducer.reduce(cut, candidate -> crashes(plan, candidate, kind));
    return new Reproducer(crash, Recording.of(minimal, plan.target(), plan.rules()).trace());
  }

  private static boolean crashes(VerificationPlan plan, Sequence candidate, Class<?> kind) {
    return SequenceRun.of(candidate, plan.target().fresh(), plan.rules(), StepListener.NONE)
            instanceof RunOutcome.Crashed crashed
        && crashed.failure().getClass() == kind;
  }
}
