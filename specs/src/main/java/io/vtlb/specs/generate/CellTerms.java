package io.vtlb.specs.generate;

import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Model;
import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.smt.MalformedSpecification;
import java.util.ArrayList;
import java.util.List;

/** The cell of one step in a solver's terms: its components, and one number for all of them. */
final class CellTerms {

  private final Context context;
  private final Shape cell;
  private final List<Shape.Data> components;
  private final BitVecExpr code;

  /**
   * Constants for a cell, since a solver takes a term apart anew in each question about it.
   *
   * @param name what to name them after
   * @param computed a value of the specification's datatype Cell
   */
  CellTerms(
      Context context, Scalarization scalars, Unrolling unrolling, String name, Shape computed) {
    this.context = context;
    List<Shape> named = new ArrayList<>();
    for (Shape component : ((Shape.Data) computed).fields().getFirst()) {
      Shape.Data data = (Shape.Data) component;
      Shape.Data constant =
          new Shape.Data(
              context.mkConst(name + "." + named.size(), data.tag().getSort()),
              data.constructors(),
              data.fields());
      unrolling.require(scalars.equal(constant, data));
      named.add(constant);
    }
    this.cell =
        new Shape.Data(
            ((Shape.Data) computed).tag(), ((Shape.Data) computed).constructors(), List.of(named));
    this.components = named.stream().map(Shape.Data.class::cast).toList();
    this.code =
        components.stream()
            .map(component -> (BitVecExpr) component.tag())
            .reduce(context::mkConcat)
            .orElseThrow();
  }

  /** True of a step in this cell, whose number was read from a model. */
  BoolExpr is(long number) {
    return context.mkEq(code, context.mkBV(number, code.getSortSize()));
  }

  /** The number of the cell of a model. */
  long number(Model model) {
    return Unrolling.value(model, new Shape.Scalar(code)).bits();
  }

  Cell cell(Model model) {
    return Decoding.cell(Unrolling.value(model, cell));
  }

  /** True of a step in one of the cells that a pattern means. */
  BoolExpr matches(GoalPattern pattern) {
    List<BoolExpr> all = new ArrayList<>();
    for (int at = 0; at < components.size(); at++) {
      String word = pattern.words().get(at);
      if (!word.equals(GoalPattern.ANY)) {
        all.add(hasWord(components.get(at), word));
      }
    }
    return context.mkAnd(all.toArray(BoolExpr[]::new));
  }

  private BoolExpr hasWord(Shape.Data component, String word) {
    for (int number = 0; number < component.constructors().size(); number++) {
      if (Decoding.word(component.constructors().get(number).getName().toString()).equals(word)) {
        return is(component, number);
      }
    }
    throw new MalformedSpecification("no cell has the word '" + word + "'");
  }

  private BoolExpr is(Shape.Data component, int number) {
    BitVecExpr tag = (BitVecExpr) component.tag();
    return context.mkEq(tag, context.mkBV(number, tag.getSortSize()));
  }

  /** The numbers of two components together, for a table of the pairs that are possible. */
  BitVecExpr pair(int one, int other) {
    return context.mkConcat(
        (BitVecExpr) components.get(one).tag(), (BitVecExpr) components.get(other).tag());
  }

  int count() {
    return components.size();
  }
}
