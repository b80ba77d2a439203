package io.vtlb.specs.proof;

import com.microsoft.z3.BitVecNum;
import com.microsoft.z3.DatatypeSort;
import com.microsoft.z3.Expr;
import com.microsoft.z3.FuncDecl;
import com.microsoft.z3.Model;
import java.util.ArrayList;
import java.util.List;

/** The values of a model as a reader wants them: {@code name = constructor(field=value, ...)}. */
final class ModelValues {

  private ModelValues() {}

  /** One line for each constant that the model gives a value. */
  static List<String> of(Model model, List<String> constants) {
    List<String> lines = new ArrayList<>();
    for (String name : constants) {
      for (FuncDecl<?> constant : model.getConstDecls()) {
        if (constant.getName().toString().equals(name)) {
          lines.add(name + " = " + value(model.eval(constant.apply(), true)));
        }
      }
    }
    return lines;
  }

  static String value(Expr<?> value) {
    if (value instanceof BitVecNum number) {
      int digits = (number.getSortSize() + 3) / 4;
      String hex = number.getBigInteger().toString(16);
      return "0x" + (digits <= 4 ? "0".repeat(digits - hex.length()) : "") + hex;
    }
    if (value.getSort() instanceof DatatypeSort<?> sort && value.isApp()) {
      return application(sort, value);
    }
    return value.isArray() ? "(a map)" : value.toString();
  }

  private static String application(DatatypeSort<?> sort, Expr<?> value) {
    String constructor = value.getFuncDecl().getName().toString();
    if (value.getNumArgs() == 0) {
      return constructor;
    }
    List<String> fields = new ArrayList<>();
    FuncDecl<?>[][] accessors = sort.getAccessors();
    for (int which = 0; which < accessors.length; which++) {
      if (sort.getConstructors()[which].getName().toString().equals(constructor)) {
        for (int field = 0; field < value.getNumArgs(); field++) {
          fields.add(accessors[which][field].getName() + "=" + value(value.getArgs()[field]));
        }
      }
    }
    return constructor + "(" + String.join(", ", fields) + ")";
  }
}
