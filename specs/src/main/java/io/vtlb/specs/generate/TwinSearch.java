package io.vtlb.specs.generate;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Solver;
import io.vtlb.specs.smt.SmallWorld;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for a shortest sequence of which the last step, taken with a mistake, can be told from
 * outside. All steps before are taken by the right definitions. A mistake that does harm is shown
 * by a step in which it does.
 */
final class TwinSearch {

  private final SmallWorld world;
  private final Map<String, SmallWorld> mistaken;
  private final int bound;
  private final int timeoutMillis;

  /**
   * @param mistaken the world under each mistake, by the mistake's name
   */
  TwinSearch(SmallWorld world, Map<String, SmallWorld> mistaken, int bound, int timeoutMillis) {
    this.world = world;
    this.mistaken = new LinkedHashMap<>(mistaken);
    this.bound = bound;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * A scenario for each mistake that shows with at most as many operations as the bound.
   *
   * @throws SolverLimit if a question took too long
   */
  List<Scenario> run() {
    try (Context context = new Context()) {
      TransitionSystem right = new TransitionSystem(context, world);
      Map<String, TransitionSystem> wrong = new LinkedHashMap<>();
      mistaken.forEach((name, text) -> wrong.put(name, new TransitionSystem(context, text)));
      Solver solver = CellSearch.solver(context, timeoutMillis);
      Unrolling unrolling = new Unrolling(context, right, solver);
      unrolling.require(unrolling.ofState(right.condition("is-first"), 0));
      Solutions solutions = new Solutions(right, unrolling);
      BoolExpr asked = context.mkBoolConst("asked");
      List<Scenario> found = new ArrayList<>();
      for (boolean onlyHarm : List.of(true, false)) {
        for (int last = 0; last < bound && !wrong.isEmpty(); last++) {
          if (last == unrolling.steps()) {
            unrolling.extend();
          }
          int step = last;
          wrong
              .entrySet()
              .removeIf(twin -> {
                BoolExpr difference =
                    difference(context, right, twin.getValue(), unrolling, step, onlyHarm);
                if (difference.isFalse()) {
                  return false;
                }
                // What one mistake needs burdens no question about another.
                solver.push();
                unrolling.require(context.mkImplies(asked, difference));
                boolean shows = new Question(solver, world.name(), step + 1).isPossible(asked);
                if (shows) {
                  Goal goal = new Goal.Against(twin.getKey());
                  found.add(solutions.scenario(world.name(), goal, solver.getModel(), step));
                }
                solver.pop();
                return shows;
              });
        }
      }
      return found;
    }
  }

  /**
   * True of solutions in which a mistake shows at a step.
   *
   * @param onlyHarm true if entries that differ count only where they lead elsewhere than the
   *     guest's structure, or grant more: a target may keep or forget any other
   */
  private static BoolExpr difference(
      Context context,
      TransitionSystem right,
      TransitionSystem wrong,
      Unrolling unrolling,
      int step,
      boolean onlyHarm) {
    Comparison at = new Comparison(context, right, wrong, unrolling, step);
    List<BoolExpr> differences = new ArrayList<>();
    TransitionSystem.TOLD.forEach(name -> differences.add(at.differs(name)));
    for (String set : TransitionSystem.SETS) {
      if (onlyHarm) {
        differences.add(
            context.mkAnd(at.differs("shown-" + set), at.holds("shows-mismatch-" + set)));
        differences.add(
            context.mkAnd(at.differs("dropped-" + set), at.holds("keeps-mismatch-" + set)));
      } else {
        differences.add(at.differs("shown-" + set));
        differences.add(at.differs("dropped-" + set));
      }
    }
    return (BoolExpr) context.mkOr(differences.toArray(BoolExpr[]::new)).simplify();
  }

  /** The outputs of a right and a mistaken step, side by side. */
  private record Comparison(
      Context context,
      TransitionSystem right,
      TransitionSystem wrong,
      Unrolling unrolling,
      int step) {

    BoolExpr differs(String output) {
      return context.mkNot(
          right
              .scalars()
              .equal(
                  unrolling.in(right.output(output), step),
                  unrolling.in(wrong.output(output), step)));
    }

    /** True if a mistaken step says so. */
    BoolExpr holds(String output) {
      return (BoolExpr) ((Shape.Scalar) unrolling.in(wrong.output(output), step)).term();
    }
  }
}
