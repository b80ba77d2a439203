package io.vtlb.conformance.run;

import io.vtlb.conformance.cell.CellSet;
import io.vtlb.model.monitor.Tally;
import io.vtlb.model.operation.Operation;
import io.vtlb.model.rule.Rule;
import io.vtlb.model.target.Target;
import io.vtlb.model.trace.World;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run whose operations come one by one, for callers that choose the next one by what happened.
 *
 * <p>It ends at its first violation, or when the target fails; what is asked of it then is not
 * done.
 */
public final class SequencePlay {

  private final StepListener listener;
  private @Nullable GuestExecution execution;
  private @Nullable RunOutcome ended;
  private int performed;

  /**
   * Creates the machines of a world.
   *
   * @param target a target that has run nothing yet
   * @param rules the rules to judge
   */
  public SequencePlay(World world, Target target, Set<Rule> rules, StepListener listener) {
    this.listener = listener;
    try {
      execution = new GuestExecution(world, target, rules, listener);
      execution.start();
    } catch (BrokenRule e) {
      end(e);
    } catch (TargetFailure e) {
      end(e);
    }
  }

  /** Says what is going to happen; nothing depends on it but which cells are measured. */
  public void expect(List<Operation> operations) {
    if (execution != null && ended == null) {
      execution.expect(operations);
    }
  }

  /** Performs one operation, unless the run has ended; says whether it can go on. */
  public boolean perform(Operation operation) {
    if (execution == null || ended != null) {
      return false;
    }
    performed++;
    listener.operation(operation);
    try {
      listener.observation(execution.play(operation));
      return true;
    } catch (BrokenRule e) {
      end(e);
      return false;
    } catch (TargetFailure e) {
      end(e);
      return false;
    }
  }

  /** How the run ended, or would end now. */
  public RunOutcome outcome() {
    return ended == null ? new RunOutcome.Conforms(tally(), cells(), performed) : ended;
  }

  private Tally tally() {
    return execution == null ? new Tally() : execution.tally();
  }

  private CellSet cells() {
    return execution == null ? new CellSet() : execution.cells();
  }

  private void end(BrokenRule broken) {
    ended = new RunOutcome.Violated(tally(), cells(), performed, broken.violation());
  }

  private void end(TargetFailure failure) {
    ended = new RunOutcome.Misbehaved(tally(), cells(), performed, failure.misbehaviour());
  }
}
