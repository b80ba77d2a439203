package io.vtlb.specs.generate;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import com.microsoft.z3.Z3Exception;

/**
 * Questions to a solver about sequences of one length in one small world.
 *
 * @param world the world's name
 * @param operations the length
 */
record Question(Solver solver, String world, int operations) {

  /**
   * True if the solver finds a solution in which a condition holds.
   *
   * @throws SolverLimit if it ran out of time or memory
   */
  boolean isPossible(BoolExpr condition) {
    Status status;
    try {
      status = solver.check(new BoolExpr[] {condition});
    } catch (Z3Exception e) {
      throw new SolverLimit(world, operations, String.valueOf(e.getMessage()).strip());
    }
    return switch (status) {
      case SATISFIABLE -> true;
      case UNSATISFIABLE -> false;
      case UNKNOWN -> throw new SolverLimit(world, operations, solver.getReasonUnknown());
    };
  }
}
