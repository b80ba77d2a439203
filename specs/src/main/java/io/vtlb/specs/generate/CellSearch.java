package io.vtlb.specs.generate;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Model;
import com.microsoft.z3.Params;
import com.microsoft.z3.Solver;
import io.vtlb.specs.smt.SmallWorld;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for a shortest sequence into every cell of a small world, breadth first: each question asks
 * for any cell that is not reached yet, and the last one of each length is answered by "none".
 */
public final class CellSearch {

  /**
   * A solver for truth values and bit-vectors that keeps what it learned from question to question.
   */
  private static final String LOGIC = "QF_FD";

  private final SmallWorld world;
  private final int bound;
  private final List<GoalPattern> goals;
  private final int timeoutMillis;

  /**
   * A search.
   *
   * @param bound the most operations that a sequence may have, at least 1
   * @param goals which cells are looked for; all if there are none
   * @param timeoutMillis how long one question may take
   */
  public CellSearch(SmallWorld world, int bound, List<GoalPattern> goals, int timeoutMillis) {
    this.world = world;
    this.bound = bound;
    this.goals = List.copyOf(goals);
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * A scenario for each cell that can be reached, by ascending length.
   *
   * @throws SolverLimit if a question took too long
   * @throws io.vtlb.specs.smt.MalformedSpecification if the world cannot be read
   */
  public List<Scenario> run(SearchProgress progress) {
    try (Context context = new Context()) {
      TransitionSystem system = new TransitionSystem(context, world);
      Solver solver = solver(context, timeoutMillis);
      Unrolling unrolling = new Unrolling(context, system, solver);
      unrolling.require(unrolling.ofState(system.condition("is-first"), 0));
      List<Scenario> found = new ArrayList<>();
      List<Long> reached = new ArrayList<>();
      for (int length = 1; length <= bound; length++) {
        unrolling.extend();
        progress.at(world.name(), length, found.size());
        new Length(context, system, solver, unrolling).search(found, reached, progress);
      }
      return found;
    }
  }

  /** A solver of which each question may take so long. */
  static Solver solver(Context context, int timeoutMillis) {
    Solver solver = context.mkSolver(LOGIC);
    Params parameters = context.mkParams();
    parameters.add("timeout", timeoutMillis);
    // Ctrl-C is for the process that asks, not for its solver.
    parameters.add("ctrl_c", false);
    solver.setParameters(parameters);
    return solver;
  }

  /** The sequences of one length. */
  private final class Length {

    private final Context context;
    private final TransitionSystem system;
    private final Solver solver;
    private final Unrolling unrolling;
    private final Solutions solutions;
    private final int last;
    private final CellTerms cell;
    private final BoolExpr goal;

    Length(Context context, TransitionSystem system, Solver solver, Unrolling unrolling) {
      this.context = context;
      this.system = system;
      this.solver = solver;
      this.unrolling = unrolling;
      this.last = unrolling.steps() - 1;
      this.solutions = new Solutions(system, unrolling);
      this.cell =
          new CellTerms(
              context,
              system.scalars(),
              unrolling,
              "cell@" + last,
              unrolling.in(system.output("cell-now"), last));
      // Longer sequences go on from these steps without being after their goal.
      this.goal = context.mkBoolConst("goal@" + last);
    }

    void search(List<Scenario> found, List<Long> reached, SearchProgress progress) {
      demand(unrolling.in(system.condition("falls-into-a-cell"), last));
      if (!goals.isEmpty()) {
        demand(context.mkOr(goals.stream().map(cell::matches).toArray(BoolExpr[]::new)));
      }
      reached.forEach(number -> demand(context.mkNot(cell.is(number))));
      while (new Question(solver, world.name(), last + 1).isPossible(goal)) {
        Model model = solver.getModel();
        long number = cell.number(model);
        found.add(solutions.scenario(world.name(), new Goal.Into(cell.cell(model)), model, last));
        reached.add(number);
        demand(context.mkNot(cell.is(number)));
        progress.at(world.name(), last + 1, found.size());
      }
    }

    private void demand(BoolExpr condition) {
      unrolling.require(context.mkImplies(goal, condition));
    }
  }
}
