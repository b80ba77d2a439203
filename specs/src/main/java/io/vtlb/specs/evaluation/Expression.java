package io.vtlb.specs.evaluation;

import io.vtlb.specs.smt.MalformedSpecification;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** An S-expression as it stands in a text. */
sealed interface Expression {

  /** A word or a literal. */
  record Atom(String text) implements Expression {

    @Override
    public String toString() {
      return text;
    }
  }

  /** Expressions in parentheses. */
  record Compound(List<Expression> parts) implements Expression {

    public Compound {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return "(" + String.join(" ", parts.stream().map(Expression::toString).toList()) + ")";
    }
  }

  /** The expressions of a text, in order. */
  static List<Expression> of(String text) {
    Deque<List<Expression>> open = new ArrayDeque<>();
    open.push(new ArrayList<>());
    int at = 0;
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == ';') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (next == '(') {
        open.push(new ArrayList<>());
        at++;
      } else if (next == ')') {
        List<Expression> parts = open.pop();
        if (open.isEmpty()) {
          throw new MalformedSpecification("a ')' closes nothing");
        }
        open.element().add(new Compound(parts));
        at++;
      } else if (Character.isWhitespace(next)) {
        at++;
      } else {
        int end = endOfAtom(text, at);
        open.element().add(new Atom(text.substring(at, end)));
        at = end;
      }
    }
    if (open.size() > 1) {
      throw new MalformedSpecification("a '(' is not closed");
    }
    return List.copyOf(open.element());
  }

  private static int endOfAtom(String text, int from) {
    int end = from;
    while (end < text.length()
        && "();".indexOf(text.charAt(end)) < 0
        && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The word that this is. */
  default String word() {
    return switch (this) {
      case Atom(String text) -> text;
      case Compound compound -> throw new MalformedSpecification(this + " is not a word");
    };
  }

  /** The expressions that this is made of. */
  default List<Expression> parts() {
    return switch (this) {
      case Atom atom -> throw new MalformedSpecification(this + " is not in parentheses");
      case Compound(List<Expression> parts) -> parts;
    };
  }

  /** The expressions that this is made of, of which there are so many. */
  default List<Expression> parts(int count) {
    List<Expression> parts = parts();
    if (parts.size() != count) {
      throw new MalformedSpecification(this + " has " + parts.size() + " parts, not " + count);
    }
    return parts;
  }

  /** True if this is one word. */
  default boolean is(String word) {
    return this instanceof Atom(String text) && text.equals(word);
  }
}
