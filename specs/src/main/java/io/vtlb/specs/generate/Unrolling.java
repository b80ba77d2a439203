package io.vtlb.specs.generate;

import com.microsoft.z3.BitVecNum;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Expr;
import com.microsoft.z3.Model;
import com.microsoft.z3.Solver;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The steps of a transition system, one after the other, as one formula that grows. */
final class Unrolling {

  private final Context context;
  private final TransitionSystem system;
  private final Solver solver;
  private final Expr<?>[] variables;
  private final Expr<?>[] inputs;
  private final List<Expr<?>[]> states = new ArrayList<>();
  private final List<Expr<?>[]> choices = new ArrayList<>();

  /** Terms at each step, which are asked for in every solution. */
  private final List<Map<Shape, Shape>> known = new ArrayList<>();

  Unrolling(Context context, TransitionSystem system, Solver solver) {
    this.context = context;
    this.system = system;
    this.solver = solver;
    this.variables = constants(system.before().values());
    this.inputs = constants(system.inputs().values());
    states.add(named(variables, 0));
  }

  private static Expr<?>[] constants(Iterable<Shape> shapes) {
    List<Expr<?>> all = new ArrayList<>();
    for (Shape shape : shapes) {
      for (Expr<?> scalar : Scalarization.scalars(shape)) {
        if (!scalar.isNumeral()) {
          all.add(scalar);
        }
      }
    }
    return all.toArray(Expr[]::new);
  }

  private Expr<?>[] named(Expr<?>[] constants, int step) {
    Expr<?>[] named = new Expr<?>[constants.length];
    for (int number = 0; number < constants.length; number++) {
      named[number] =
          context.mkConst(
              constants[number].getFuncDecl().getName() + "@" + step, constants[number].getSort());
    }
    return named;
  }

  /** Adds a condition for good. */
  void require(BoolExpr condition) {
    solver.add(new BoolExpr[] {condition});
  }

  int steps() {
    return choices.size();
  }

  /** Adds a step: what may be done, and the state that it leads to. */
  void extend() {
    int step = steps();
    choices.add(named(inputs, step));
    known.add(new IdentityHashMap<>());
    states.add(named(variables, step + 1));
    for (BoolExpr always : system.wellFormed()) {
      require(in(always, step));
    }
    require(in(system.condition("is-possible"), step));
    system
        .after()
        .forEach((name, after) -> {
          Shape next = at(system.variable(name), states.get(step + 1));
          require(same(next, after, step));
        });
  }

  /** What the variables of the next state are, field by field. */
  private BoolExpr same(Shape next, Shape after, int step) {
    return system.scalars().equal(next, in(after, step));
  }

  private Shape at(Shape shape, Expr<?>[] state) {
    return mapped(shape, variables, state);
  }

  private static Shape mapped(Shape shape, Expr<?>[] from, Expr<?>[] to) {
    return switch (shape) {
      case Shape.Scalar(Expr<?> term) -> new Shape.Scalar(substituted(term, from, to));
      case Shape.Data(var tag, var constructors, var fields) -> {
        List<List<Shape>> parts = new ArrayList<>();
        for (List<Shape> one : fields) {
          parts.add(one == null ? null : one.stream().map(part -> mapped(part, from, to)).toList());
        }
        yield new Shape.Data(substituted(tag, from, to), constructors, parts);
      }
      case Shape.Table table -> throw new IllegalStateException("an array in a state");
    };
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T extends Expr> T substituted(T term, Expr<?>[] from, Expr<?>[] to) {
    return (T) term.substitute((Expr[]) from, (Expr[]) to);
  }

  /** A term at a step, from 0. */
  Shape in(Shape shape, int step) {
    return known
        .get(step)
        .computeIfAbsent(
            shape,
            any -> mapped(mapped(any, variables, states.get(step)), inputs, choices.get(step)));
  }

  /** A condition on a state and what is done in it. */
  BoolExpr in(BoolExpr term, int step) {
    return substituted(ofState(term, step), inputs, choices.get(step));
  }

  /** A condition on a state alone. */
  BoolExpr ofState(BoolExpr term, int step) {
    return substituted(term, variables, states.get(step));
  }

  /** The value of a term at a step in a solution. */
  Value value(Model model, Shape shape, int step) {
    return value(model, in(shape, step));
  }

  /** The value of a variable in the state before a step, or after the last one. */
  Value variable(Model model, String name, int step) {
    return value(model, at(system.variable(name), states.get(step)));
  }

  static Value value(Model model, Shape shape) {
    return switch (shape) {
      case Shape.Scalar(Expr<?> term) -> scalar(model.eval(term, true));
      case Shape.Data(var tag, var constructors, var fields) -> {
        int which = (int) scalar(model.eval(tag, true)).bits();
        List<Shape> parts = fields.get(which);
        yield new Value.Built(
            constructors.get(which).getName().toString(),
            parts == null ? List.of() : parts.stream().map(part -> value(model, part)).toList());
      }
      case Shape.Table table -> throw new IllegalStateException("an array in a state");
    };
  }

  private static Value scalar(Expr<?> value) {
    return value instanceof BitVecNum number
        ? new Value.Bits(number.getBigInteger().longValue())
        : new Value.Truth(value.isTrue());
  }
}
