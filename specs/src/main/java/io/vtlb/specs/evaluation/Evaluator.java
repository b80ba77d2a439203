package io.vtlb.specs.evaluation;

import io.vtlb.specs.evaluation.Constructor.Field;
import io.vtlb.specs.smt.MalformedSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a text defines, resolved once and ready to be applied.
 *
 * <p>A text declares datatypes, defines sorts and defines functions, each out of what stands before
 * it. Where SMT-LIB leaves a value open, since a selector is applied to a value of another
 * constructor, the answer is {@link Sort#zero}: no more right than any other.
 */
public final class Evaluator {

  private final Map<String, Sort> sorts = new HashMap<>();
  private final Map<String, Member> members = new HashMap<>();
  private final Map<String, Selector> selectors = new HashMap<>();
  private final Map<String, Function> functions = new LinkedHashMap<>();

  /** A constructor and the datatype that it makes values of. */
  record Member(Sort.Datatype datatype, Constructor constructor) {}

  /** A field, by the constructor whose values hold it and its place among them. */
  record Selector(Sort.Datatype datatype, Constructor constructor, int place) {}

  private Evaluator() {
    sorts.put("Bool", new Sort.Truth());
  }

  /** The functions of a text. */
  public static Evaluator of(String text) {
    Evaluator evaluator = new Evaluator();
    Expression.of(text).forEach(evaluator::add);
    return evaluator;
  }

  /** Every function, in the order in which they are defined. */
  public List<Function> functions() {
    return List.copyOf(functions.values());
  }

  /** The function of a name. */
  public Function function(String name) {
    return known(functions.get(name), "function", name);
  }

  /** The constructor of a name. */
  public Constructor constructor(String name) {
    return member(name).constructor();
  }

  Member member(String name) {
    return known(members.get(name), "constructor", name);
  }

  Map<String, Function> definitions() {
    return functions;
  }

  Map<String, Member> members() {
    return members;
  }

  Map<String, Selector> selectors() {
    return selectors;
  }

  private static <T> T known(@Nullable T found, String what, String name) {
    if (found == null) {
      throw new MalformedSpecification("there is no " + what + " '" + name + "'");
    }
    return found;
  }

  private void add(Expression command) {
    List<Expression> parts = command.parts();
    String head = parts.isEmpty() ? "" : parts.getFirst().word();
    switch (head) {
      case "declare-datatypes" -> declare(command.parts(3));
      case "define-sort" -> defineSort(command.parts(4));
      case "define-fun" -> defineFunction(command.parts(5));
      default -> throw new MalformedSpecification("'" + head + "' is no definition: " + command);
    }
  }

  /** One datatype, without parameters. */
  private void declare(List<Expression> parts) {
    Expression header = parts.get(1).parts(1).getFirst();
    if (!header.parts(2).get(1).is("0")) {
      throw new MalformedSpecification(header + " has parameters");
    }
    String name = header.parts().getFirst().word();
    List<Constructor> constructors = new ArrayList<>();
    for (Expression declared : parts.get(2).parts(1).getFirst().parts()) {
      List<Field> fields = new ArrayList<>();
      for (Expression field : declared.parts().subList(1, declared.parts().size())) {
        fields.add(new Field(field.parts(2).getFirst().word(), sort(field.parts().get(1))));
      }
      constructors.add(new Constructor(declared.parts().getFirst().word(), fields));
    }
    Sort.Datatype datatype = new Sort.Datatype(name, constructors);
    addNew(sorts, name, datatype);
    for (Constructor constructor : constructors) {
      addNew(members, constructor.name(), new Member(datatype, constructor));
      for (int place = 0; place < constructor.fields().size(); place++) {
        addNew(
            selectors,
            constructor.fields().get(place).name(),
            new Selector(datatype, constructor, place));
      }
    }
  }

  private void defineSort(List<Expression> parts) {
    if (!parts.get(2).parts().isEmpty()) {
      throw new MalformedSpecification(parts.get(1) + " has parameters");
    }
    addNew(sorts, parts.get(1).word(), sort(parts.get(3)));
  }

  private void defineFunction(List<Expression> parts) {
    String name = parts.get(1).word();
    Scope scope = new Scope();
    List<Sort> parameters = new ArrayList<>();
    for (Expression parameter : parts.get(2).parts()) {
      Sort sort = sort(parameter.parts(2).get(1));
      parameters.add(sort);
      scope.add(parameter.parts().getFirst().word(), sort);
    }
    Term body = new Resolver(this, scope).resolve(parts.get(4)).as(sort(parts.get(3)));
    addNew(functions, name, new Function(name, parameters, body, scope.slots()));
  }

  private static <T> void addNew(Map<String, T> known, String name, T added) {
    if (known.putIfAbsent(name, added) != null) {
      throw new MalformedSpecification("'" + name + "' is defined twice");
    }
  }

  /** The sort that an expression names. */
  Sort sort(Expression named) {
    if (named instanceof Expression.Atom(String name)) {
      return known(sorts.get(name), "sort", name);
    }
    List<Expression> parts = named.parts();
    if (parts.size() == 3 && parts.getFirst().is("_") && parts.get(1).is("BitVec")) {
      int width = number(parts.get(2));
      if (width < 1 || width > Long.SIZE) {
        throw new MalformedSpecification(named + " is not 1 to 64 bits wide");
      }
      return new Sort.Bits(width);
    }
    if (parts.size() == 3 && parts.getFirst().is("Array")) {
      return new Sort.Map(sort(parts.get(1)), sort(parts.get(2)));
    }
    throw new MalformedSpecification("there is no sort " + named);
  }

  /** The number that an expression is. */
  static int number(Expression decimal) {
    try {
      return Integer.parseInt(decimal.word());
    } catch (NumberFormatException e) {
      throw new MalformedSpecification(decimal + " is not a number", e);
    }
  }
}
