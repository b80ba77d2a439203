package io.vtlb.specs.generate;

import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Model;
import com.microsoft.z3.Solver;
import io.vtlb.specs.smt.SmallWorld;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which two components of a cell go together at all: one table for each two of them, found by
 * asking for an event in any state whatever, reachable or not, whose pair is not in the table yet.
 * The last question of each table, answered by "none", rules out all other pairs at once.
 */
final class PairTables {

  private final SmallWorld world;
  private final int timeoutMillis;

  PairTables(SmallWorld world, int timeoutMillis) {
    this.world = world;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * The pairs that are possible, each as {@code 0:load-fault 1:inconsistency}.
   *
   * @throws SolverLimit if a question took too long
   */
  Set<String> possible() {
    try (Context context = new Context()) {
      TransitionSystem system = new TransitionSystem(context, world);
      Solver solver = CellSearch.solver(context, timeoutMillis);
      Unrolling unrolling = new Unrolling(context, system, solver);
      unrolling.extend();
      unrolling.require(unrolling.ofState(system.condition("is-any"), 0));
      unrolling.require(unrolling.in(system.condition("falls-into-a-cell"), 0));
      CellTerms cell =
          new CellTerms(
              context,
              system.scalars(),
              unrolling,
              "cell",
              unrolling.in(system.output("cell-now"), 0));
      Set<String> pairs = new TreeSet<>();
      for (int one = 0; one < cell.count(); one++) {
        for (int other = one + 1; other < cell.count(); other++) {
          pairs.addAll(table(context, solver, unrolling, cell, one, other));
        }
      }
      return pairs;
    }
  }

  private Set<String> table(
      Context context, Solver solver, Unrolling unrolling, CellTerms cell, int one, int other) {
    Set<String> pairs = new LinkedHashSet<>();
    BitVecExpr pair = cell.pair(one, other);
    BoolExpr asked = context.mkBoolConst("pair %d %d".formatted(one, other));
    while (new Question(solver, world.name(), 1).isPossible(asked)) {
      Model model = solver.getModel();
      pairs.add(Pairs.word(cell.cell(model), one, other));
      unrolling.require(
          context.mkImplies(asked, context.mkNot(context.mkEq(pair, model.eval(pair, true)))));
    }
    return pairs;
  }
}
