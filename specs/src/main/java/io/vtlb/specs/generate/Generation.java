package io.vtlb.specs.generate;

import com.microsoft.z3.Z3Exception;
import io.vtlb.specs.proof.SolverMissing;
import io.vtlb.specs.smt.SmallWorld;
import io.vtlb.specs.smt.Specification;
import io.vtlb.specs.smt.Twin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Generates the set of one small world. */
public final class Generation {

  /** The most operations that sequences of the shipped set may have. */
  public static final int USUAL_BOUND = 6;

  /** Mistakes that take longer sequences to show are not looked for: that none does takes hours. */
  private static final int MOST_AGAINST = 3;

  private final Specification specification;
  private final SmallWorld world;
  private final int bound;
  private final int timeoutMillis;

  /**
   * A generation.
   *
   * @param world the name of a small world
   * @param bound the most operations that a sequence may have, at least 1
   * @param timeoutMillis how long one question may take
   */
  public Generation(Specification specification, String world, int bound, int timeoutMillis) {
    this.specification = specification;
    this.world = specification.smallWorld(world);
    this.bound = bound;
    this.timeoutMillis = timeoutMillis;
  }

  /**
   * A shortest sequence against each mistake that shows in this world.
   *
   * @throws SolverLimit if a question took too long
   */
  public List<Scenario> distinguishing() {
    Map<String, SmallWorld> mistaken = new LinkedHashMap<>();
    for (Twin twin : specification.twins()) {
      mistaken.put(twin.name(), specification.smallWorld(world.name(), twin));
    }
    return new TwinSearch(world, mistaken, Math.min(bound, MOST_AGAINST), timeoutMillis).run();
  }

  /**
   * A shortest sequence into each cell of some goals, or of all if there are none, with the table
   * of pairs that are possible at all.
   *
   * @throws SolverLimit if a question took too long
   * @throws SolverMissing if Z3 does not run here
   */
  public ScenarioFile run(List<GoalPattern> goals, SearchProgress progress) {
    SolverMissing.check();
    try {
      return found(goals, progress);
    } catch (Z3Exception e) {
      throw new SolverLimit(world.name(), bound, String.valueOf(e.getMessage()).strip());
    }
  }

  private ScenarioFile found(List<GoalPattern> goals, SearchProgress progress) {
    Set<String> pairs =
        goals.isEmpty() ? new PairTables(world, timeoutMillis).possible() : Set.of();
    List<Scenario> scenarios =
        new ArrayList<>(new CellSearch(world, bound, goals, timeoutMillis).run(progress));
    if (goals.isEmpty()) {
      scenarios.addAll(distinguishing());
    }
    return new ScenarioFile(
        new SearchRecord(
            world.name(), SearchRecord.hash(specification, world.name()), bound, pairs),
        scenarios);
  }
}
