package io.vtlb.specs.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Expr;
import io.vtlb.specs.smt.Specification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The evaluator means what the solver means: every function of the definitions comes to the same by
 * both, at random values.
 */
class SolverAgreementTest {

  private static final long SEED = 22;
  private static final int POINTS = 40;

  /** Every file that can be evaluated: the others declare what is arbitrary. */
  private static final String TEXT =
      Specification.load().definitions().compose(List.of("transition", "host", "memory"));

  private static final Evaluator EVALUATOR = Evaluator.of(TEXT);

  @Test
  void theyAgreeOnEveryFunction() {
    RandomValues values = new RandomValues(SEED, TEXT);
    int points = 0;
    int open = 0;
    for (Function function : EVALUATOR.functions()) {
      if (!function.parameters().isEmpty()) {
        int compared = compare(function, values);
        assertTrue(compared >= POINTS / 10, function.name() + " " + compared);
        points += compared;
        open += POINTS - compared;
      }
    }
    assertTrue(points > 20 * open, points + " compared, " + open + " left open");
    assertTrue(points > 3000, points + " compared");
  }

  /** How many points had a value that is not left open. */
  private static int compare(Function function, RandomValues values) {
    try (Context context = new Context()) {
      SolverValues solver = new SolverValues(context);
      List<Expr<?>> parameters = new ArrayList<>();
      Expr<?> body = body(context, function, parameters);
      int compared = 0;
      for (int point = 0; point < POINTS; point++) {
        Value[] arguments = function.parameters().stream().map(values::of).toArray(Value[]::new);
        Expr<?>[] theirs = new Expr<?>[arguments.length];
        for (int at = 0; at < theirs.length; at++) {
          theirs[at] =
              solver.toSolver(
                  arguments[at], function.parameters().get(at), parameters.get(at).getSort());
        }
        Expr<?> value = body.substitute(parameters.toArray(new Expr<?>[0]), theirs).simplify();
        Optional<Value> expected = SolverValues.ofSolver(value, function.result());
        if (expected.isPresent()) {
          Value found = function.apply(arguments);
          String where = "seed %d, point %d of %s: ".formatted(SEED, point, function.name());
          assertEquals(expected.get(), found, () -> where + List.of(arguments));
          compared++;
        }
      }
      return compared;
    }
  }

  /** The function applied to constants, which are added to a list. */
  private static Expr<?> body(Context context, Function function, List<Expr<?>> parameters) {
    StringBuilder text = new StringBuilder(TEXT);
    StringBuilder names = new StringBuilder();
    StringBuilder same = new StringBuilder();
    for (int at = 0; at < function.parameters().size(); at++) {
      text.append("(declare-const $%d %s)%n".formatted(at, text(function.parameters().get(at))));
      names.append(" $").append(at);
      same.append("(assert (= $%1$d $%1$d))%n".formatted(at));
    }
    text.append("(declare-const $ %s)%n".formatted(text(function.result())));
    text.append("(assert (= $ (%s%s)))%n".formatted(function.name(), names)).append(same);
    BoolExpr[] parsed = context.parseSMTLIB2String(text.toString(), null, null, null, null);
    for (int at = 0; at < function.parameters().size(); at++) {
      parameters.add(parsed[1 + at].getArgs()[0]);
    }
    return parsed[0].getArgs()[1];
  }

  private static String text(Sort sort) {
    return switch (sort) {
      case Sort.Truth truth -> "Bool";
      case Sort.Bits(int width) -> "(_ BitVec %d)".formatted(width);
      case Sort.Datatype(String name, List<Constructor> constructors) -> name;
      case Sort.Map(Sort index, Sort element) ->
          "(Array %s %s)".formatted(text(index), text(element));
    };
  }
}
