package io.vtlb.conformance.verify;

import io.vtlb.conformance.reduce.Reducer;
import io.vtlb.conformance.run.Harness;
import io.vtlb.conformance.run.Misbehaviour;
import io.vtlb.conformance.run.RunOutcome;
import io.vtlb.conformance.trace.RecordedTrace;
import io.vtlb.model.target.Description;
import io.vtlb.model.trace.Sequence;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A minimal sequence in which a target fails in the same way as in the run.
 *
 * @param crash the failure that it was reduced from
 * @param trace the minimal sequence and its recorded run
 */
public record Reproducer(Crash crash, RecordedTrace trace) {

  /** Each costs a deadline. */
  private static final int MOST_TIMEOUTS = 8;

  /** Each costs a deadline for a whole sequence. */
  private static final int MOST_LONG_TIMEOUTS = 2;

  /** Each costs a new process. */
  private static final int MOST_RESTARTS = 100;

  /**
   * Reduces a failure, keeping the way in which the target fails; nothing if it does not fail again
   * with the same sequence.
   */
  public static Optional<Reproducer> of(VerificationPlan plan, Crash crash, Harness harness) {
    Sequence cut = plan.until(crash.sequence(), crash.operations());
    Misbehaviour sought = crash.misbehaviour();
    Replays replays = new Replays(harness, plan.rules());
    if (!fails(replays.once(cut), sought)) {
      return Optional.empty();
    }
    Description target = plan.target().description();
    Attempts attempts = new Attempts(replays, sought, most(sought));
    Sequence minimal =
        Reducer.reduce(cut, candidate -> Needs.fit(candidate, target) && attempts.test(candidate));
    Recording recording = Recording.of(minimal, plan.target(), harness, plan.rules());
    return fails(recording.outcome(), sought)
        ? Optional.of(new Reproducer(crash, recording.trace()))
        : Optional.empty();
  }

  /** The failure as one that does not always happen. */
  static Flake flake(VerificationPlan plan, Crash crash, Harness harness) {
    Misbehaviour sought = crash.misbehaviour();
    Sequence cut = plan.until(crash.sequence(), crash.operations());
    return new Flake(
        crash.sequence(),
        crash.operations(),
        sought.kind().id(),
        sought.told(),
        sought.lastWords(),
        new Replays(harness, plan.rules()).ending(cut, outcome -> fails(outcome, sought)),
        Replays.COUNT);
  }

  private static int most(Misbehaviour sought) {
    return switch (sought.kind()) {
      case EXCEPTION -> Integer.MAX_VALUE;
      case HANG_IN_EVENT -> MOST_TIMEOUTS;
      case HANG_AT_START, HANG_IN_SEQUENCE -> MOST_LONG_TIMEOUTS;
      case EXIT,
          SIGNAL,
          GAVE_UP,
          NO_START,
          END_OF_STREAM,
          OVER_LONG_LINE,
          INVALID_JSON,
          WRONG_NUMBER,
          UNASKED_LINE,
          IMPOSSIBLE_VALUE,
          OUTPUT_FLOOD,
          MEMORY_GROWTH,
          UNSUPPORTED,
          NO_REPORT,
          UNTRACKED_STORE ->
          MOST_RESTARTS;
    };
  }

  private static boolean fails(RunOutcome outcome, Misbehaviour sought) {
    return outcome instanceof RunOutcome.Misbehaved misbehaved
        && misbehaved.misbehaviour().sameAs(sought);
  }

  /** Tries sequences until so many have failed; then none does any more. */
  private static final class Attempts implements Predicate<Sequence> {

    private final Replays replays;
    private final Misbehaviour sought;
    private int left;

    private Attempts(Replays replays, Misbehaviour sought, int most) {
      this.replays = replays;
      this.sought = sought;
      this.left = most;
    }

    @Override
    public boolean test(Sequence candidate) {
      if (left <= 0) {
        return false;
      }
      RunOutcome outcome = replays.once(candidate);
      if (outcome instanceof RunOutcome.Misbehaved) {
        left--;
      }
      return fails(outcome, sought);
    }
  }
}
