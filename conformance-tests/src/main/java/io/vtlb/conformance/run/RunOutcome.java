package io.vtlb.conformance.run;

import io.vtlb.conformance.cell.CellSet;
import io.vtlb.model.monitor.Tally;
import io.vtlb.model.monitor.Violation;

/** How the run of one sequence ended. */
public sealed interface RunOutcome {

  /** How often each rule was judged and exercised until the end. */
  Tally tally();

  /** The cells that events fell into until the end; none where the target has no events. */
  CellSet cells();

  /** How many operations were performed, the last one included. */
  int operations();

  /** Every step was right. */
  record Conforms(Tally tally, CellSet cells, int operations) implements RunOutcome {}

  /** A step broke a rule; the run stopped there. */
  record Violated(Tally tally, CellSet cells, int operations, Violation violation)
      implements RunOutcome {}

  /** The target failed without breaking a rule. */
  record Misbehaved(Tally tally, CellSet cells, int operations, Misbehaviour misbehaviour)
      implements RunOutcome {

    /** A failure of a target that took what was counted with it. */
    public static Misbehaved uncounted(int operations, Misbehaviour misbehaviour) {
      return new Misbehaved(new Tally(), new CellSet(), operations, misbehaviour);
    }
  }
}
