package io.vtlb.specs.generate;

import com.microsoft.z3.BitVecNum;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Expr;
import com.microsoft.z3.FuncDecl;
import java.util.List;

/**
 * A term of the specification taken apart until only truth values and bit-vectors are left, which a
 * solver for those decides much faster than the datatypes that they came from.
 */
sealed interface Shape {

  /** A truth value or a bit-vector. */
  record Scalar(Expr<?> term) implements Shape {}

  /**
   * A value of a datatype.
   *
   * @param tag the number of its constructor, a bit-vector
   * @param constructors the datatype's constructors
   * @param fields for each constructor its fields; null where that constructor is impossible
   */
  record Data(Expr<?> tag, List<FuncDecl<?>> constructors, List<List<Shape>> fields)
      implements Shape {

    /** The number of the constructor if it is known, else -1. */
    int known() {
      return tag instanceof BitVecNum number ? number.getInt() : -1;
    }
  }

  /** An array. */
  sealed interface Table extends Shape {

    /** The same value everywhere. */
    record Constant(Shape everywhere) implements Table {}

    /** Another array, but for one index. */
    record Updated(Table before, Shape index, Shape value) implements Table {}

    /** One of two arrays. */
    record Chosen(BoolExpr condition, Table yes, Table no) implements Table {}
  }
}
