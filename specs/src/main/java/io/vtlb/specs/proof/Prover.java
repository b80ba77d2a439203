package io.vtlb.specs.proof;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Params;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import com.microsoft.z3.Z3Exception;
import io.vtlb.specs.smt.MalformedSpecification;
import io.vtlb.specs.smt.Problem;
import java.util.List;

/** Asks Z3, in this process. */
public final class Prover {

  private final int timeoutMillis;
  private final String version;

  /**
   * A prover.
   *
   * @param timeoutMillis how long each of the two questions about a theorem may take
   * @throws SolverMissing if Z3's native library cannot be loaded
   */
  public Prover(int timeoutMillis) {
    this.timeoutMillis = timeoutMillis;
    this.version = SolverMissing.version();
  }

  /** The solver's name and version. */
  public String version() {
    return version;
  }

  /**
   * What is true of a problem; never "proved" unless both answers came in time.
   *
   * @throws MalformedSpecification if the solver cannot read the text
   */
  public Result prove(Problem problem) {
    long start = System.nanoTime();
    Verdict verdict = verdict(problem);
    return new Result(problem.theorem(), verdict, (System.nanoTime() - start) / 1_000_000, false);
  }

  /** If the denial is possible, so are the assumptions that are part of it. */
  private Verdict verdict(Problem problem) {
    return switch (ask(problem, problem.denial())) {
      case Answer.Possible(List<String> values) -> new Verdict.Refuted(values);
      case Answer.GaveUp(String reason) -> new Verdict.Unknown(reason);
      case Answer.Impossible() ->
          switch (ask(problem, problem.assumptions())) {
            case Answer.Possible(List<String> example) -> new Verdict.Proved();
            case Answer.GaveUp(String reason) ->
                new Verdict.Unknown("whether its assumptions are possible: " + reason);
            case Answer.Impossible() ->
                new Verdict.Refuted(
                    List.of("vacuous: its assumptions contradict each other, so it says nothing"));
          };
    };
  }

  private Answer ask(Problem problem, String text) {
    try (Context context = new Context()) {
      // Without the general solver's preparations, which only delay these problems.
      Solver solver = context.mkSimpleSolver();
      Params parameters = context.mkParams();
      parameters.add("timeout", timeoutMillis);
      // Ctrl-C is for the process that asks, not for its solver.
      parameters.add("ctrl_c", false);
      solver.setParameters(parameters);
      solver.add(parsed(context, problem, text));
      return answer(solver, problem);
    }
  }

  private static BoolExpr[] parsed(Context context, Problem problem, String text) {
    try {
      return context.parseSMTLIB2String(text, null, null, null, null);
    } catch (Z3Exception e) {
      throw new MalformedSpecification(
          problem.theorem().name() + ": " + String.valueOf(e.getMessage()).strip());
    }
  }

  /** A solver that fails on a question, for lack of memory for example, has given up on it. */
  private static Answer answer(Solver solver, Problem problem) {
    try {
      Status status = solver.check();
      return switch (status) {
        case UNSATISFIABLE -> new Answer.Impossible();
        case SATISFIABLE ->
            new Answer.Possible(ModelValues.of(solver.getModel(), problem.constants()));
        case UNKNOWN -> new Answer.GaveUp(solver.getReasonUnknown());
      };
    } catch (Z3Exception e) {
      return new Answer.GaveUp(String.valueOf(e.getMessage()).strip());
    }
  }

  private sealed interface Answer {

    record Impossible() implements Answer {}

    record Possible(List<String> values) implements Answer {}

    record GaveUp(String reason) implements Answer {}
  }
}
