package io.vtlb.specs.evaluation;

import io.vtlb.specs.smt.MalformedSpecification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolves the terms of one function: names to slots, operators to nodes, and all sorts. */
final class Resolver {

  private static final Expression BIT_VECTOR = new Expression.Atom("BitVec");

  private final Evaluator known;
  private final Scope scope;

  Resolver(Evaluator known, Scope scope) {
    this.known = known;
    this.scope = scope;
  }

  Term resolve(Expression text) {
    return switch (text) {
      case Expression.Atom(String word) -> resolve(text, word);
      case Expression.Compound(List<Expression> parts) -> {
        if (parts.isEmpty()) {
          throw new MalformedSpecification("() is no term");
        }
        yield compound(text, parts);
      }
    };
  }

  private Term resolve(Expression text, String word) {
    Optional<Scope.Variable> local = scope.find(word);
    if (local.isPresent()) {
      int slot = local.get().slot();
      Sort sort = local.get().sort();
      return sort.isScalar()
          ? Term.scalar(text, sort, frame -> frame.bits[slot])
          : Term.structured(text, sort, frame -> frame.values[slot]);
    }
    if (word.equals("true") || word.equals("false")) {
      return Term.constant(text, new Sort.Truth(), Value.of(word.equals("true")));
    }
    if (word.startsWith("#")) {
      return literal(text, word);
    }
    return apply(text, word, List.of());
  }

  private static Term literal(Expression text, String word) {
    int radix = word.startsWith("#x") ? 16 : 2;
    int width = (word.length() - 2) * (radix == 16 ? 4 : 1);
    try {
      if (width >= 1 && width <= Long.SIZE && (radix == 16 || word.startsWith("#b"))) {
        long bits = Long.parseUnsignedLong(word.substring(2), radix);
        return Term.constant(text, new Sort.Bits(width), Value.of(bits));
      }
    } catch (NumberFormatException e) {
      throw new MalformedSpecification(text + " is no literal", e);
    }
    throw new MalformedSpecification(text + " is no literal of 1 to 64 bits");
  }

  private Term compound(Expression text, List<Expression> parts) {
    List<Expression> rest = parts.subList(1, parts.size());
    if (parts.getFirst() instanceof Expression.Compound(List<Expression> head)) {
      return indexed(text, head, rest);
    }
    return switch (parts.getFirst().word()) {
      case "let" -> let(text, text.parts(3));
      case "_" -> number(text, text.parts(3));
      case "forall", "exists" ->
          throw new MalformedSpecification("there is no value of a quantifier: " + text);
      case "ite" -> ite(text, resolveAll(text, rest, 3));
      default -> apply(text, parts.getFirst().word(), resolveAll(rest));
    };
  }

  private List<Term> resolveAll(Expression text, List<Expression> terms, int count) {
    if (terms.size() != count) {
      throw new MalformedSpecification(text + " has not " + count + " arguments");
    }
    return resolveAll(terms);
  }

  private List<Term> resolveAll(List<Expression> terms) {
    return terms.stream().map(this::resolve).toList();
  }

  /** {@code ((_ is C) t)}, {@code ((_ extract high low) t)}, {@code ((as const S) t)}. */
  private Term indexed(Expression text, List<Expression> head, List<Expression> rest) {
    Term only = resolveAll(text, rest, 1).getFirst();
    if (head.size() == 3 && head.getFirst().is("_") && head.get(1).is("is")) {
      return is(text, known.member(head.get(2).word()), only);
    }
    if (head.size() == 4 && head.getFirst().is("_") && head.get(1).is("extract")) {
      return extract(text, Evaluator.number(head.get(2)), Evaluator.number(head.get(3)), only);
    }
    if (head.size() == 3 && head.getFirst().is("as") && head.get(1).is("const")) {
      return everywhere(text, known.sort(head.get(2)), only);
    }
    throw new MalformedSpecification("there is no operator " + text.parts().getFirst());
  }

  private static Term is(Expression text, Evaluator.Member member, Term of) {
    Node value = of.as(member.datatype()).node();
    Constructor constructor = member.constructor();
    return Term.truth(text, frame -> made(value.value(frame), constructor) ? 1 : 0);
  }

  @SuppressWarnings("ReferenceEquality") // a text declares each constructor once
  private static boolean made(Value value, Constructor constructor) {
    return ((Value.Datum) value).constructor() == constructor;
  }

  private static Term extract(Expression text, int high, int low, Term of) {
    if (low < 0 || high < low || high >= of.width().width()) {
      throw new MalformedSpecification(text + " extracts bits that are not there");
    }
    Sort.Bits sort = new Sort.Bits(high - low + 1);
    long mask = sort.mask();
    Node from = of.node();
    return Term.scalar(text, sort, frame -> from.bits(frame) >>> low & mask);
  }

  private static Term everywhere(Expression text, Sort sort, Term element) {
    if (sort instanceof Sort.Map(Sort index, Sort held)) {
      Node value = element.as(held).node();
      return Term.structured(text, sort, frame -> Value.Mapping.of(value.value(frame)));
    }
    throw new MalformedSpecification(text + " is no map");
  }

  /** {@code (_ bvN width)}. */
  private Term number(Expression text, List<Expression> parts) {
    String word = parts.get(1).word();
    Sort sort =
        known.sort(new Expression.Compound(List.of(parts.getFirst(), BIT_VECTOR, parts.get(2))));
    try {
      if (word.startsWith("bv")) {
        Value value = Value.of(Long.parseUnsignedLong(word.substring(2)));
        if (sort.admits(value)) {
          return Term.constant(text, sort, value);
        }
      }
    } catch (NumberFormatException e) {
      throw new MalformedSpecification(text + " is no number", e);
    }
    throw new MalformedSpecification(text + " is no number of that width");
  }

  /** The names of one let do not see each other. */
  private Term let(Expression text, List<Expression> parts) {
    Map<String, Scope.Variable> names = new LinkedHashMap<>();
    List<Node> bound = new ArrayList<>();
    for (Expression binding : parts.get(1).parts()) {
      Term term = resolve(binding.parts(2).get(1));
      names.put(binding.parts().getFirst().word(), scope.reserve(term.sort()));
      bound.add(term.node());
    }
    if (names.size() != bound.size()) {
      throw new MalformedSpecification(text + " binds a name twice");
    }
    Map<String, Scope.Variable> outer = scope.enter(names);
    Term body = resolve(parts.get(2));
    scope.leave(outer);
    Binding[] bindings = new Binding[bound.size()];
    int at = 0;
    for (Scope.Variable variable : names.values()) {
      bindings[at] = new Binding(bound.get(at), variable.slot(), variable.sort().isScalar());
      at++;
    }
    Node inside = body.node();
    return body.sort().isScalar()
        ? Term.scalar(text, body.sort(), frame -> inside.bits(bind(frame, bindings)))
        : Term.structured(text, body.sort(), frame -> inside.value(bind(frame, bindings)));
  }

  /** What a local name stands for, and where that is kept. */
  private record Binding(Node node, int slot, boolean scalar) {}

  private static Frame bind(Frame frame, Binding[] bindings) {
    for (Binding binding : bindings) {
      if (binding.scalar) {
        frame.bits[binding.slot] = binding.node.bits(frame);
      } else {
        frame.values[binding.slot] = binding.node.value(frame);
      }
    }
    return frame;
  }

  private static Term ite(Expression text, List<Term> terms) {
    Node condition = terms.getFirst().truth();
    Sort sort = terms.get(1).sort();
    Node then = terms.get(1).node();
    Node otherwise = terms.get(2).as(sort).node();
    return sort.isScalar()
        ? Term.scalar(
            text,
            sort,
            frame -> condition.bits(frame) != 0 ? then.bits(frame) : otherwise.bits(frame))
        : Term.structured(
            text,
            sort,
            frame -> condition.bits(frame) != 0 ? then.value(frame) : otherwise.value(frame));
  }

  /** A word of the theory of arrays may also be declared, as the constant {@code store} is. */
  private Term apply(Expression text, String name, List<Term> arguments) {
    if (!arguments.isEmpty() && Maps.OPERATORS.contains(name)) {
      return Maps.apply(text, name, arguments);
    }
    Function function = known.definitions().get(name);
    if (function != null) {
      count(text, arguments, function.parameters().size());
      return arguments.isEmpty()
          ? Term.constant(text, function.result(), function.apply())
          : function.call(text, arguments);
    }
    Evaluator.Member member = known.members().get(name);
    if (member != null) {
      count(text, arguments, member.constructor().fields().size());
      return make(text, member, arguments);
    }
    Evaluator.Selector selector = known.selectors().get(name);
    if (selector != null) {
      count(text, arguments, 1);
      return select(text, selector, arguments.getFirst());
    }
    return Operators.apply(text, name, arguments);
  }

  static void count(Expression text, List<Term> arguments, int wanted) {
    if (arguments.size() != wanted) {
      throw new MalformedSpecification(
          "%s has %d arguments, not %d".formatted(text, arguments.size(), wanted));
    }
  }

  private static Term make(Expression text, Evaluator.Member member, List<Term> arguments) {
    Constructor constructor = member.constructor();
    Node[] fields = new Node[arguments.size()];
    for (int at = 0; at < fields.length; at++) {
      fields[at] = arguments.get(at).as(constructor.fields().get(at).sort()).node();
    }
    if (fields.length == 0) {
      return Term.constant(text, member.datatype(), constructor.of());
    }
    return Term.structured(
        text,
        member.datatype(),
        frame -> {
          Value[] values = new Value[fields.length];
          for (int at = 0; at < values.length; at++) {
            values[at] = fields[at].value(frame);
          }
          return new Value.Datum(constructor, values);
        });
  }

  private static Term select(Expression text, Evaluator.Selector selector, Term from) {
    Node node = from.as(selector.datatype()).node();
    Constructor constructor = selector.constructor();
    int place = selector.place();
    Sort sort = constructor.fields().get(place).sort();
    Value open = sort.zero();
    if (sort.isScalar()) {
      return Term.scalar(
          text,
          sort,
          frame -> {
            Value value = node.value(frame);
            return made(value, constructor) ? ((Value.Datum) value).field(place).bits() : 0;
          });
    }
    return Term.structured(
        text,
        sort,
        frame -> {
          Value value = node.value(frame);
          return made(value, constructor) ? ((Value.Datum) value).field(place) : open;
        });
  }
}
