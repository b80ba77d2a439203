package io.vtlb.specs.generate;

import com.microsoft.z3.ArrayExpr;
import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BitVecSort;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.BoolSort;
import com.microsoft.z3.Context;
import com.microsoft.z3.DatatypeSort;
import com.microsoft.z3.Expr;
import com.microsoft.z3.FuncDecl;
import com.microsoft.z3.Sort;
import com.microsoft.z3.enumerations.Z3_decl_kind;
import io.vtlb.specs.smt.MalformedSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes terms apart into truth values and bit-vectors: constructors, selectors, choices between
 * datatypes and arrays that are stores upon a constant disappear.
 */
final class Scalarization {

  private final Context context;
  private final Map<Expr<?>, Shape> done = new HashMap<>();

  Scalarization(Context context) {
    this.context = context;
  }

  /** Makes a constant stand for a shape wherever it occurs. */
  void define(Expr<?> constant, Shape shape) {
    done.put(constant, shape);
  }

  /** New constants for a value of a sort, named after what they are part of. */
  Shape fresh(String name, Sort sort) {
    if (sort instanceof BoolSort || sort instanceof BitVecSort) {
      return new Shape.Scalar(context.mkConst(name, sort));
    }
    if (sort instanceof DatatypeSort<?> datatype) {
      FuncDecl<?>[] constructors = datatype.getConstructors();
      List<List<Shape>> fields = new ArrayList<>();
      for (int number = 0; number < constructors.length; number++) {
        List<Shape> parts = new ArrayList<>();
        for (FuncDecl<?> accessor : datatype.getAccessors()[number]) {
          parts.add(fresh(name + "." + accessor.getName(), accessor.getRange()));
        }
        fields.add(parts);
      }
      Expr<?> tag =
          constructors.length == 1
              ? context.mkBV(0, 1)
              : context.mkBVConst(name + ".tag", tagBits(constructors.length));
      return new Shape.Data(tag, List.of(constructors), fields);
    }
    throw new MalformedSpecification(name + ": a state cannot hold a " + sort);
  }

  /** What must be true of fresh constants for them to be a value at all. */
  List<BoolExpr> wellFormed(Shape shape) {
    List<BoolExpr> all = new ArrayList<>();
    if (shape instanceof Shape.Data data) {
      int count = data.constructors().size();
      if (data.known() < 0 && Integer.bitCount(count) != 1) {
        BitVecExpr tag = bits(data.tag());
        all.add(context.mkBVULT(tag, context.mkBV(count, tag.getSortSize())));
      }
      data.fields().forEach(parts -> parts.forEach(part -> all.addAll(wellFormed(part))));
    }
    return all;
  }

  private static int tagBits(int constructors) {
    return Math.max(1, 32 - Integer.numberOfLeadingZeros(constructors - 1));
  }

  /** A truth value or bit-vector without datatypes inside. */
  Expr<?> scalar(Expr<?> term) {
    return ((Shape.Scalar) of(term)).term();
  }

  Shape of(Expr<?> term) {
    Shape known = done.get(term);
    if (known == null) {
      known = compute(term);
      done.put(term, known);
    }
    return known;
  }

  private Shape compute(Expr<?> term) {
    if (term.isNumeral()) {
      return new Shape.Scalar(term);
    }
    if (!term.isApp()) {
      throw new MalformedSpecification("a transition system has no quantifiers: " + term);
    }
    Z3_decl_kind kind = term.getFuncDecl().getDeclKind();
    return switch (kind) {
      case Z3_OP_ITE -> choice(term);
      case Z3_OP_EQ -> new Shape.Scalar(equal(of(term.getArgs()[0]), of(term.getArgs()[1])));
      case Z3_OP_DISTINCT -> new Shape.Scalar(distinct(term));
      case Z3_OP_DT_CONSTRUCTOR -> constructed(term);
      case Z3_OP_DT_IS, Z3_OP_DT_RECOGNISER -> new Shape.Scalar(recognized(term));
      case Z3_OP_DT_ACCESSOR -> accessed(term);
      case Z3_OP_CONST_ARRAY -> new Shape.Table.Constant(of(term.getArgs()[0]));
      case Z3_OP_STORE ->
          new Shape.Table.Updated(
              (Shape.Table) of(term.getArgs()[0]), of(term.getArgs()[1]), of(term.getArgs()[2]));
      case Z3_OP_SELECT -> selected((Shape.Table) of(term.getArgs()[0]), of(term.getArgs()[1]));
      default -> plain(term);
    };
  }

  private Shape plain(Expr<?> term) {
    if (term.getSort() instanceof DatatypeSort || term instanceof ArrayExpr) {
      throw new MalformedSpecification("a transition system leaves " + term + " open");
    }
    if (term.getNumArgs() == 0) {
      return new Shape.Scalar(term);
    }
    Expr<?>[] parts =
        Arrays.stream(term.getArgs())
            .map(part -> ((Shape.Scalar) of(part)).term())
            .toArray(Expr[]::new);
    return new Shape.Scalar(context.mkApp(term.getFuncDecl(), parts).simplify());
  }

  private Shape choice(Expr<?> term) {
    Expr<?> condition = scalar(term.getArgs()[0]);
    if (condition.isTrue()) {
      return of(term.getArgs()[1]);
    }
    if (condition.isFalse()) {
      return of(term.getArgs()[2]);
    }
    return either((BoolExpr) condition, of(term.getArgs()[1]), of(term.getArgs()[2]));
  }

  private Shape either(BoolExpr condition, Shape yes, Shape no) {
    if (yes.equals(no)) {
      return yes;
    }
    return switch (yes) {
      case Shape.Scalar(Expr<?> a) ->
          new Shape.Scalar(ite(condition, a, ((Shape.Scalar) no).term()));
      case Shape.Data a -> either(condition, a, (Shape.Data) no);
      case Shape.Table a -> new Shape.Table.Chosen(condition, a, (Shape.Table) no);
    };
  }

  private Shape either(BoolExpr condition, Shape.Data yes, Shape.Data no) {
    List<List<Shape>> fields = new ArrayList<>();
    for (int number = 0; number < yes.fields().size(); number++) {
      List<Shape> a = yes.fields().get(number);
      List<Shape> b = no.fields().get(number);
      if (a == null || b == null) {
        fields.add(a == null ? b : a);
      } else {
        List<Shape> merged = new ArrayList<>();
        for (int field = 0; field < a.size(); field++) {
          merged.add(either(condition, a.get(field), b.get(field)));
        }
        fields.add(merged);
      }
    }
    return new Shape.Data(ite(condition, yes.tag(), no.tag()), yes.constructors(), fields);
  }

  private Expr<?> ite(BoolExpr condition, Expr<?> yes, Expr<?> no) {
    return yes.equals(no) ? yes : context.mkITE(condition, yes, no).simplify();
  }

  private Shape constructed(Expr<?> term) {
    DatatypeSort<?> sort = (DatatypeSort<?>) term.getSort();
    FuncDecl<?>[] constructors = sort.getConstructors();
    List<List<Shape>> fields = new ArrayList<>();
    int which = -1;
    for (int number = 0; number < constructors.length; number++) {
      if (constructors[number].equals(term.getFuncDecl())) {
        which = number;
        fields.add(Arrays.stream(term.getArgs()).map(this::of).toList());
      } else {
        fields.add(null);
      }
    }
    return new Shape.Data(
        context.mkBV(which, tagBits(constructors.length)), List.of(constructors), fields);
  }

  private BoolExpr recognized(Expr<?> term) {
    Shape.Data data = (Shape.Data) of(term.getArgs()[0]);
    FuncDecl<?>[] recognizers = ((DatatypeSort<?>) term.getArgs()[0].getSort()).getRecognizers();
    for (int number = 0; number < recognizers.length; number++) {
      if (recognizers[number].equals(term.getFuncDecl())) {
        return is(data, number);
      }
    }
    throw new MalformedSpecification("no constructor for " + term.getFuncDecl());
  }

  private BoolExpr is(Shape.Data data, int number) {
    return data.constructors().size() == 1
        ? context.mkTrue()
        : (BoolExpr)
            context
                .mkEq(data.tag(), context.mkBV(number, bits(data.tag()).getSortSize()))
                .simplify();
  }

  /** Of another constructor it may be anything; here it is zero. */
  private Shape accessed(Expr<?> term) {
    Shape.Data data = (Shape.Data) of(term.getArgs()[0]);
    FuncDecl<?>[][] accessors = ((DatatypeSort<?>) term.getArgs()[0].getSort()).getAccessors();
    for (int number = 0; number < accessors.length; number++) {
      for (int field = 0; field < accessors[number].length; field++) {
        if (accessors[number][field].equals(term.getFuncDecl())) {
          List<Shape> fields = data.fields().get(number);
          return fields == null ? zero(term.getSort()) : fields.get(field);
        }
      }
    }
    throw new MalformedSpecification("no field for " + term.getFuncDecl());
  }

  private Shape zero(Sort sort) {
    return switch (sort) {
      case BoolSort bool -> new Shape.Scalar(context.mkFalse());
      case BitVecSort vector -> new Shape.Scalar(context.mkBV(0, vector.getSize()));
      case DatatypeSort<?> datatype -> {
        List<List<Shape>> fields = new ArrayList<>();
        FuncDecl<?>[] constructors = datatype.getConstructors();
        for (int number = 0; number < constructors.length; number++) {
          fields.add(
              number > 0
                  ? null
                  : Arrays.stream(datatype.getAccessors()[number])
                      .map(accessor -> zero(accessor.getRange()))
                      .toList());
        }
        yield new Shape.Data(
            context.mkBV(0, tagBits(constructors.length)), List.of(constructors), fields);
      }
      default -> throw new MalformedSpecification("no zero of " + sort);
    };
  }

  private Shape selected(Shape.Table table, Shape index) {
    return switch (table) {
      case Shape.Table.Constant(Shape everywhere) -> everywhere;
      case Shape.Table.Chosen(BoolExpr condition, Shape.Table yes, Shape.Table no) ->
          either(condition, selected(yes, index), selected(no, index));
      case Shape.Table.Updated(Shape.Table before, Shape at, Shape value) -> {
        BoolExpr here = equal(at, index);
        yield here.isTrue()
            ? value
            : here.isFalse()
                ? selected(before, index)
                : either(here, value, selected(before, index));
      }
    };
  }

  private BoolExpr distinct(Expr<?> term) {
    List<BoolExpr> different = new ArrayList<>();
    Expr<?>[] parts = term.getArgs();
    for (int a = 0; a < parts.length; a++) {
      for (int b = a + 1; b < parts.length; b++) {
        different.add(context.mkNot(equal(of(parts[a]), of(parts[b]))));
      }
    }
    return and(different);
  }

  BoolExpr equal(Shape one, Shape other) {
    return switch (one) {
      case Shape.Scalar(Expr<?> a) -> (BoolExpr) equal(a, ((Shape.Scalar) other).term()).simplify();
      case Shape.Data a -> equal(a, (Shape.Data) other);
      case Shape.Table a -> throw new MalformedSpecification("a comparison of arrays");
    };
  }

  private BoolExpr equal(Expr<?> a, Expr<?> b) {
    return context.mkEq(a, b);
  }

  private BoolExpr equal(Shape.Data one, Shape.Data other) {
    List<BoolExpr> all = new ArrayList<>();
    all.add((BoolExpr) context.mkEq(one.tag(), other.tag()).simplify());
    for (int number = 0; number < one.fields().size(); number++) {
      List<Shape> a = one.fields().get(number);
      List<Shape> b = other.fields().get(number);
      if (a != null && b != null && !a.isEmpty()) {
        List<BoolExpr> same = new ArrayList<>();
        for (int field = 0; field < a.size(); field++) {
          same.add(equal(a.get(field), b.get(field)));
        }
        all.add((BoolExpr) context.mkImplies(is(one, number), and(same)).simplify());
      }
    }
    return and(all);
  }

  private BoolExpr and(List<BoolExpr> all) {
    return (BoolExpr) context.mkAnd(all.toArray(BoolExpr[]::new)).simplify();
  }

  private static BitVecExpr bits(Expr<?> tag) {
    return (BitVecExpr) tag;
  }

  /** The scalar terms of a shape, in one order for each sort; impossible fields are left out. */
  static List<Expr<?>> scalars(Shape shape) {
    List<Expr<?>> all = new ArrayList<>();
    collect(shape, all);
    return all;
  }

  private static void collect(Shape shape, List<Expr<?>> all) {
    switch (shape) {
      case Shape.Scalar(Expr<?> term) -> all.add(term);
      case Shape.Data data -> {
        all.add(data.tag());
        data.fields()
            .forEach(parts -> {
              if (parts != null) {
                parts.forEach(part -> collect(part, all));
              }
            });
      }
      case Shape.Table table -> throw new MalformedSpecification("an array in a state");
    }
  }
}
