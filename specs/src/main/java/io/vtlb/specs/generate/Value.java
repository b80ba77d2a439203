package io.vtlb.specs.generate;

import java.util.List;

/** A value that the solver found for a term of the specification. */
sealed interface Value {

  /** A truth value. */
  record Truth(boolean holds) implements Value {}

  /** A bit-vector of up to 64 bits. */
  record Bits(long bits) implements Value {}

  /**
   * A value of a datatype.
   *
   * @param constructor its constructor's name in the specification
   * @param fields the constructor's fields, in order
   */
  record Built(String constructor, List<Value> fields) implements Value {

    public Built {
      fields = List.copyOf(fields);
    }
  }

  /** The bits of a bit-vector. */
  default long bits() {
    return ((Bits) this).bits();
  }

  /** What a truth value says. */
  default boolean holds() {
    return ((Truth) this).holds();
  }

  /** The name of a datatype's constructor. */
  default String constructor() {
    return ((Built) this).constructor();
  }

  /** A field of a datatype's value, counted from 0. */
  default Value field(int number) {
    return ((Built) this).fields().get(number);
  }
}
