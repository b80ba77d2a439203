package io.vtlb.specs.proof;

import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BitVecNum;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Expr;
import io.vtlb.specs.smt.Specification;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluates terms of the specification at points, by the solver's simplifier. */
final class PointEvaluator implements AutoCloseable {

  private final Context context = new Context();
  private final Map<String, Integer> inputs;
  private final Map<String, Expr<?>> terms = new LinkedHashMap<>();

  /**
   * An evaluator.
   *
   * @param inputs the width, in bits, of each input; terms name it with a {@code $}
   * @param terms each result's name, with a term that is a bit vector
   */
  PointEvaluator(List<String> needs, Map<String, Integer> inputs, Map<String, String> terms) {
    this.inputs = new LinkedHashMap<>(inputs);
    StringBuilder text = new StringBuilder(Specification.load().definitions().compose(needs));
    inputs.forEach(
        (name, width) -> text.append("(declare-const $%s (_ BitVec %d))%n".formatted(name, width)));
    terms.forEach(
        (name, term) -> text.append("(assert (distinct #b1 (ite %s #b1 #b0)))%n".formatted(term)));
    BoolExpr[] parsed = context.parseSMTLIB2String(text.toString(), null, null, null, null);
    int at = parsed.length - terms.size();
    for (String name : terms.keySet()) {
      this.terms.put(name, parsed[at++]);
    }
  }

  /** Whether each term holds at a point; without those that have no value there. */
  Map<String, Boolean> at(Map<String, Long> point) {
    List<Expr<?>> from = new ArrayList<>();
    List<Expr<?>> to = new ArrayList<>();
    inputs.forEach((name, width) -> {
      BitVecExpr input = context.mkBVConst("$" + name, width);
      from.add(input);
      to.add(number(point.get(name), width));
    });
    Map<String, Boolean> values = new LinkedHashMap<>();
    terms.forEach((name, term) -> {
      Expr<?> value =
          term.substitute(from.toArray(new Expr<?>[0]), to.toArray(new Expr<?>[0])).simplify();
      // What is asked of a case that the point is not in has no value.
      if (value.isTrue() || value.isFalse()) {
        values.put(name, value.isFalse());
      }
    });
    return values;
  }

  private BitVecNum number(long value, int width) {
    BigInteger unsigned = BigInteger.valueOf(value).mod(BigInteger.ONE.shiftLeft(width));
    return context.mkBV(unsigned.toString(), width);
  }

  @Override
  public void close() {
    context.close();
  }
}
