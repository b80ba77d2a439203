package io.vtlb.specs.evaluation;

import java.util.List;

/** What a term is: a truth value, bits, a value of a declared datatype, or a map. */
public sealed interface Sort {

  /** {@code Bool}. */
  record Truth() implements Sort {}

  /**
   * {@code (_ BitVec width)}.
   *
   * @param width 1 to 64
   */
  record Bits(int width) implements Sort {

    /** The bits that there are. */
    long mask() {
      return -1L >>> (Long.SIZE - width);
    }
  }

  /**
   * A declared datatype; none contains itself.
   *
   * @param name as it is declared
   * @param constructors in the order in which they are declared
   */
  record Datatype(String name, List<Constructor> constructors) implements Sort {

    public Datatype {
      constructors = List.copyOf(constructors);
    }
  }

  /** {@code (Array index element)}. */
  record Map(Sort index, Sort element) implements Sort {}

  /** True of what one machine word holds. */
  default boolean isScalar() {
    return switch (this) {
      case Truth truth -> true;
      case Bits bits -> true;
      case Datatype datatype -> false;
      case Map map -> false;
    };
  }

  /** The value that stands for one that SMT-LIB leaves open: all zero, first constructors. */
  default Value zero() {
    return switch (this) {
      case Truth truth -> Value.of(false);
      case Bits bits -> Value.of(0);
      case Datatype(String name, List<Constructor> constructors) -> {
        Constructor first = constructors.getFirst();
        yield new Value.Datum(
            first, first.fields().stream().map(field -> field.sort().zero()).toArray(Value[]::new));
      }
      case Map(Sort index, Sort element) -> Value.Mapping.of(element.zero());
    };
  }

  /** True if a value is of this sort; of the entries of a map no more than the default is seen. */
  default boolean admits(Value value) {
    return switch (this) {
      case Truth truth -> value instanceof Value.Scalar(long bits) && (bits & ~1L) == 0;
      case Bits word -> value instanceof Value.Scalar(long bits) && (bits & ~word.mask()) == 0;
      case Datatype(String name, List<Constructor> constructors) ->
          value instanceof Value.Datum datum && isOne(constructors, datum.constructor());
      case Map(Sort index, Sort element) ->
          value instanceof Value.Mapping mapping && element.admits(mapping.otherwise());
    };
  }

  @SuppressWarnings("ReferenceEquality") // a text declares each constructor once
  private static boolean isOne(List<Constructor> constructors, Constructor constructor) {
    for (Constructor one : constructors) {
      if (one == constructor) {
        return true;
      }
    }
    return false;
  }
}
