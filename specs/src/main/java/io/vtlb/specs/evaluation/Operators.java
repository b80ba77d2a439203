package io.vtlb.specs.evaluation;

import io.vtlb.specs.smt.MalformedSpecification;
import java.util.List;
import java.util.function.LongBinaryOperator;

/** The operators of the core theory and of bit vectors, as far as definitions use them. */
final class Operators {

  /** Compares the bits of two vectors of the same width. */
  @FunctionalInterface
  private interface Comparison {
    boolean holds(long left, long right);
  }

  private Operators() {}

  static Term apply(Expression text, String name, List<Term> arguments) {
    return switch (name) {
      case "not" -> not(text, arguments);
      case "and" -> and(text, truths(text, arguments));
      case "or" -> or(text, truths(text, arguments));
      case "=>" -> implies(text, arguments);
      case "xor" -> {
        Resolver.count(text, arguments, 2);
        Node left = arguments.getFirst().truth();
        Node right = arguments.get(1).truth();
        yield Term.truth(text, frame -> left.bits(frame) ^ right.bits(frame));
      }
      case "=" -> equal(text, arguments, 1);
      case "distinct" -> equal(text, arguments, 0);
      case "bvnot" -> complement(text, arguments);
      case "bvand" -> chain(text, arguments, (left, right) -> left & right);
      case "bvor" -> chain(text, arguments, (left, right) -> left | right);
      case "bvxor" -> chain(text, arguments, (left, right) -> left ^ right);
      case "bvadd" -> chain(text, arguments, Long::sum);
      case "bvsub" -> binary(text, arguments, (left, right) -> left - right);
      case "bvshl" -> binary(text, arguments, (left, right) -> isShift(right) ? left << right : 0);
      case "bvlshr" ->
          binary(text, arguments, (left, right) -> isShift(right) ? left >>> right : 0);
      case "bvult" ->
          compare(text, arguments, (left, right) -> Long.compareUnsigned(left, right) < 0);
      case "bvule" ->
          compare(text, arguments, (left, right) -> Long.compareUnsigned(left, right) <= 0);
      case "bvugt" ->
          compare(text, arguments, (left, right) -> Long.compareUnsigned(left, right) > 0);
      case "bvuge" ->
          compare(text, arguments, (left, right) -> Long.compareUnsigned(left, right) >= 0);
      case "concat" -> concat(text, arguments);
      default -> throw new MalformedSpecification("there is no '" + name + "', as in " + text);
    };
  }

  /** Java counts shifts modulo 64; SMT-LIB does not. */
  private static boolean isShift(long bits) {
    return bits >= 0 && bits < Long.SIZE;
  }

  private static Node[] truths(Expression text, List<Term> arguments) {
    atLeast(text, arguments, 1);
    return arguments.stream().map(Term::truth).toArray(Node[]::new);
  }

  private static void atLeast(Expression text, List<Term> arguments, int wanted) {
    if (arguments.size() < wanted) {
      throw new MalformedSpecification(text + " has too few arguments");
    }
  }

  private static Term not(Expression text, List<Term> arguments) {
    Resolver.count(text, arguments, 1);
    Node of = arguments.getFirst().truth();
    return Term.truth(text, frame -> of.bits(frame) ^ 1);
  }

  private static Term and(Expression text, Node[] all) {
    return Term.truth(
        text,
        frame -> {
          for (Node one : all) {
            if (one.bits(frame) == 0) {
              return 0;
            }
          }
          return 1;
        });
  }

  private static Term or(Expression text, Node[] any) {
    return Term.truth(
        text,
        frame -> {
          for (Node one : any) {
            if (one.bits(frame) != 0) {
              return 1;
            }
          }
          return 0;
        });
  }

  private static Term implies(Expression text, List<Term> arguments) {
    Resolver.count(text, arguments, 2);
    Node premise = arguments.getFirst().truth();
    Node then = arguments.get(1).truth();
    return Term.truth(text, frame -> premise.bits(frame) == 0 ? 1 : then.bits(frame));
  }

  private static Term equal(Expression text, List<Term> arguments, long ifSo) {
    Resolver.count(text, arguments, 2);
    Sort sort = arguments.getFirst().sort();
    Node left = arguments.getFirst().node();
    Node right = arguments.get(1).as(sort).node();
    long ifNot = 1 - ifSo;
    return sort.isScalar()
        ? Term.truth(text, frame -> left.bits(frame) == right.bits(frame) ? ifSo : ifNot)
        : Term.truth(text, frame -> left.value(frame).equals(right.value(frame)) ? ifSo : ifNot);
  }

  private static Term complement(Expression text, List<Term> arguments) {
    Resolver.count(text, arguments, 1);
    Sort.Bits sort = arguments.getFirst().width();
    long mask = sort.mask();
    Node of = arguments.getFirst().node();
    return Term.scalar(text, sort, frame -> ~of.bits(frame) & mask);
  }

  /** Of two or more, from the left. */
  private static Term chain(Expression text, List<Term> arguments, LongBinaryOperator operator) {
    atLeast(text, arguments, 2);
    Term so = arguments.getFirst();
    for (Term next : arguments.subList(1, arguments.size())) {
      so = binary(text, List.of(so, next), operator);
    }
    return so;
  }

  private static Term binary(Expression text, List<Term> arguments, LongBinaryOperator operator) {
    Resolver.count(text, arguments, 2);
    Sort.Bits sort = arguments.getFirst().width();
    long mask = sort.mask();
    Node left = arguments.getFirst().node();
    Node right = arguments.get(1).as(sort).node();
    return Term.scalar(
        text, sort, frame -> operator.applyAsLong(left.bits(frame), right.bits(frame)) & mask);
  }

  private static Term compare(Expression text, List<Term> arguments, Comparison comparison) {
    Resolver.count(text, arguments, 2);
    Sort.Bits sort = arguments.getFirst().width();
    Node left = arguments.getFirst().node();
    Node right = arguments.get(1).as(sort).node();
    return Term.truth(text, frame -> comparison.holds(left.bits(frame), right.bits(frame)) ? 1 : 0);
  }

  private static Term concat(Expression text, List<Term> arguments) {
    Resolver.count(text, arguments, 2);
    int low = arguments.get(1).width().width();
    int width = arguments.getFirst().width().width() + low;
    if (width > Long.SIZE) {
      throw new MalformedSpecification(text + " is wider than 64 bits");
    }
    Node left = arguments.getFirst().node();
    Node right = arguments.get(1).node();
    return Term.scalar(
        text, new Sort.Bits(width), frame -> left.bits(frame) << low | right.bits(frame));
  }
}
