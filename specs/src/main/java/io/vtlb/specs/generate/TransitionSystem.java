package io.vtlb.specs.generate;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Expr;
import com.microsoft.z3.Z3Exception;
import io.vtlb.specs.smt.MalformedSpecification;
import io.vtlb.specs.smt.SmallWorld;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A small world in a solver's terms, taken apart into scalars: its variables before a step and
 * after it, and what else a step says.
 */
final class TransitionSystem {

  private static final List<String> INPUTS = List.of("operation", "looked-at");

  /** What can be told from outside of a step, beside what is said of each set. */
  static final List<String> TOLD =
      List.of(
          "cause-now",
          "outcome",
          "next-first-entry",
          "next-second-entry",
          "next-directory-entry",
          "next-upper-entry",
          "next-behind",
          "next-untold",
          "new-machine");

  /** The sets of privilege levels, as names of outputs end with them. */
  static final List<String> SETS = List.of("supervisor", "user", "ac");

  /** What is said of the page's entry in each set. */
  private static final List<String> OF_SETS =
      List.of("shown-", "dropped-", "shows-mismatch-", "keeps-mismatch-");

  private static final List<String> OUTPUTS =
      Stream.of(
              Stream.of("cell-now"),
              TOLD.stream(),
              OF_SETS.stream().flatMap(said -> SETS.stream().map(said::concat)))
          .flatMap(Function.identity())
          .toList();
  private static final List<String> CONDITIONS =
      List.of("is-first", "is-any", "is-possible", "falls-into-a-cell");

  private final Context context;
  private final Scalarization scalars;
  private final Map<String, Shape> before = new LinkedHashMap<>();
  private final Map<String, Shape> after = new LinkedHashMap<>();
  private final Map<String, Shape> inputs = new LinkedHashMap<>();
  private final Map<String, Shape> outputs = new LinkedHashMap<>();
  private final Map<String, BoolExpr> conditions = new LinkedHashMap<>();
  private final List<BoolExpr> wellFormed = new ArrayList<>();

  TransitionSystem(Context context, SmallWorld world) {
    this.context = context;
    this.scalars = new Scalarization(context);
    read(world);
  }

  /** The parser answers one term for each assertion, in their order. */
  private void read(SmallWorld world) {
    StringBuilder text = new StringBuilder(world.text());
    world
        .variables()
        .forEach(name -> text.append("(assert (= %s next-%s))%n".formatted(name, name)));
    INPUTS.forEach(name -> text.append("(assert (= %s %s))%n".formatted(name, name)));
    OUTPUTS.forEach(name -> text.append("(assert (= %s %s))%n".formatted(name, name)));
    CONDITIONS.forEach(name -> text.append("(assert %s)%n".formatted(name)));
    BoolExpr[] parsed = parse(world.name(), text.toString());
    int at = 0;
    List<BoolExpr> steps = new ArrayList<>();
    for (String name : world.variables()) {
      declare(name, parsed[at].getArgs()[0], before);
      steps.add(parsed[at++]);
    }
    for (String name : INPUTS) {
      declare(name, parsed[at++].getArgs()[0], inputs);
    }
    for (int variable = 0; variable < steps.size(); variable++) {
      after.put(world.variables().get(variable), scalars.of(steps.get(variable).getArgs()[1]));
    }
    for (String name : OUTPUTS) {
      outputs.put(name, scalars.of(parsed[at++].getArgs()[1]));
    }
    for (String name : CONDITIONS) {
      conditions.put(name, (BoolExpr) scalars.scalar(parsed[at++]));
    }
  }

  private BoolExpr[] parse(String name, String text) {
    try {
      return context.parseSMTLIB2String(text, null, null, null, null);
    } catch (Z3Exception e) {
      throw new MalformedSpecification(name + ": " + String.valueOf(e.getMessage()).strip());
    }
  }

  private void declare(String name, Expr<?> constant, Map<String, Shape> where) {
    Shape fresh = scalars.fresh(name, constant.getSort());
    scalars.define(constant, fresh);
    wellFormed.addAll(scalars.wellFormed(fresh));
    where.put(name, fresh);
  }

  Map<String, Shape> before() {
    return before;
  }

  Map<String, Shape> after() {
    return after;
  }

  Map<String, Shape> inputs() {
    return inputs;
  }

  /** A variable of the state. */
  Shape variable(String name) {
    return named(before, name);
  }

  Shape input(String name) {
    return named(inputs, name);
  }

  Shape output(String name) {
    return named(outputs, name);
  }

  private static Shape named(Map<String, Shape> shapes, String name) {
    Shape shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("the transition system has no " + name);
    }
    return shape;
  }

  BoolExpr condition(String name) {
    BoolExpr condition = conditions.get(name);
    if (condition == null) {
      throw new IllegalArgumentException("no condition " + name);
    }
    return condition;
  }

  /** What is true of variables and inputs because of the datatypes that they were made of. */
  List<BoolExpr> wellFormed() {
    return wellFormed;
  }

  Scalarization scalars() {
    return scalars;
  }
}
