package io.vtlb.specs.evaluation;

import com.microsoft.z3.ArraySort;
import com.microsoft.z3.BitVecNum;
import com.microsoft.z3.Context;
import com.microsoft.z3.DatatypeSort;
import com.microsoft.z3.Expr;
import java.util.Optional;
import java.util.stream.Stream;

/** Values of the evaluator as the solver's, and back. */
final class SolverValues {

  private final Context context;

  SolverValues(Context context) {
    this.context = context;
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // the solver's sorts are known when it runs only
  Expr<?> toSolver(Value value, Sort sort, com.microsoft.z3.Sort theirs) {
    return switch (sort) {
      case Sort.Truth truth -> context.mkBool(value.isTrue());
      case Sort.Bits(int width) -> context.mkBV(Long.toUnsignedString(value.bits()), width);
      case Sort.Datatype datatype -> {
        Value.Datum datum = (Value.Datum) value;
        DatatypeSort<?> made = (DatatypeSort<?>) theirs;
        int which = datatype.constructors().indexOf(datum.constructor());
        Expr<?>[] fields = new Expr<?>[datum.constructor().fields().size()];
        for (int at = 0; at < fields.length; at++) {
          fields[at] =
              toSolver(
                  datum.field(at),
                  datum.constructor().fields().get(at).sort(),
                  made.getAccessors()[which][at].getRange());
        }
        yield made.getConstructors()[which].apply(fields);
      }
      case Sort.Map(Sort index, Sort element) -> {
        Value.Mapping mapping = (Value.Mapping) value;
        ArraySort<?, ?> map = (ArraySort<?, ?>) theirs;
        Expr so =
            context.mkConstArray(
                map.getDomain(), toSolver(mapping.otherwise(), element, map.getRange()));
        for (var entry : mapping.entries().entrySet()) {
          so =
              context.mkStore(
                  so,
                  (Expr) toSolver(entry.getKey(), index, map.getDomain()),
                  (Expr) toSolver(entry.getValue(), element, map.getRange()));
        }
        yield so;
      }
    };
  }

  /** The value that an expression is; none if something in it is left open. */
  static Optional<Value> ofSolver(Expr<?> expression, Sort sort) {
    return switch (sort) {
      case Sort.Truth truth ->
          expression.isTrue() || expression.isFalse()
              ? Optional.of(Value.of(expression.isTrue()))
              : Optional.empty();
      case Sort.Bits bits ->
          expression instanceof BitVecNum number
              ? Optional.of(Value.of(number.getBigInteger().longValue()))
              : Optional.empty();
      case Sort.Datatype datatype ->
          datatype.constructors().stream()
              .filter(constructor -> made(expression, constructor))
              .findFirst()
              .flatMap(constructor -> datum(expression, constructor));
      case Sort.Map(Sort index, Sort element) -> mapping(expression, index, element);
    };
  }

  private static boolean made(Expr<?> expression, Constructor constructor) {
    return expression.isApp()
        && expression.getFuncDecl().getName().toString().equals(constructor.name())
        && expression.getNumArgs() == constructor.fields().size();
  }

  private static Optional<Value> datum(Expr<?> expression, Constructor constructor) {
    Value[] fields = new Value[constructor.fields().size()];
    for (int at = 0; at < fields.length; at++) {
      Optional<Value> field =
          ofSolver(expression.getArgs()[at], constructor.fields().get(at).sort());
      if (field.isEmpty()) {
        return Optional.empty();
      }
      fields[at] = field.get();
    }
    return Optional.of(constructor.of(fields));
  }

  private static Optional<Value> mapping(Expr<?> expression, Sort index, Sort element) {
    Expr<?>[] arguments = expression.getArgs();
    if (expression.isConstantArray()) {
      return ofSolver(arguments[0], element).map(Value.Mapping::of);
    }
    if (!expression.isStore()) {
      return Optional.empty();
    }
    Optional<Value> map = mapping(arguments[0], index, element);
    Optional<Value> at = ofSolver(arguments[1], index);
    Optional<Value> stored = ofSolver(arguments[2], element);
    return Stream.of(map, at, stored).allMatch(Optional::isPresent)
        ? Optional.of(((Value.Mapping) map.get()).store(at.get(), stored.get()))
        : Optional.empty();
  }
}
