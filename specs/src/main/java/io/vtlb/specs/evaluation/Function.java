package io.vtlb.specs.evaluation;

import java.util.List;

/** A defined function. */
public final class Function {

  private final String name;
  private final List<Sort> parameters;
  private final Term body;
  private final int slots;

  Function(String name, List<Sort> parameters, Term body, int slots) {
    this.name = name;
    this.parameters = List.copyOf(parameters);
    this.body = body;
    this.slots = slots;
  }

  public String name() {
    return name;
  }

  /** The sorts of its parameters. */
  public List<Sort> parameters() {
    return parameters;
  }

  /** The sort of what it comes to. */
  public Sort result() {
    return body.sort();
  }

  /** What it comes to. */
  public Value apply(Value... arguments) {
    if (arguments.length != parameters.size()) {
      throw new IllegalArgumentException(
          "%s has %d parameters, not %d".formatted(name, parameters.size(), arguments.length));
    }
    Frame frame = new Frame(slots);
    for (int at = 0; at < arguments.length; at++) {
      Sort sort = parameters.get(at);
      if (!sort.admits(arguments[at])) {
        throw new IllegalArgumentException(
            "parameter %d of %s cannot be %s".formatted(at, name, arguments[at]));
      }
      if (sort.isScalar()) {
        frame.bits[at] = arguments[at].bits();
      } else {
        frame.values[at] = arguments[at];
      }
    }
    return body.node().value(frame);
  }

  /** A call with arguments that are evaluated first. */
  Term call(Expression text, List<Term> arguments) {
    Node[] nodes = new Node[arguments.size()];
    boolean[] scalar = new boolean[arguments.size()];
    for (int at = 0; at < nodes.length; at++) {
      nodes[at] = arguments.get(at).as(parameters.get(at)).node();
      scalar[at] = parameters.get(at).isScalar();
    }
    Node inside = body.node();
    return result().isScalar()
        ? Term.scalar(text, result(), frame -> inside.bits(enter(frame, nodes, scalar)))
        : Term.structured(text, result(), frame -> inside.value(enter(frame, nodes, scalar)));
  }

  private Frame enter(Frame outer, Node[] arguments, boolean[] scalar) {
    Frame inner = new Frame(slots);
    for (int at = 0; at < arguments.length; at++) {
      if (scalar[at]) {
        inner.bits[at] = arguments[at].bits(outer);
      } else {
        inner.values[at] = arguments[at].value(outer);
      }
    }
    return inner;
  }
}
