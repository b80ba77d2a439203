package io.vtlb.specs.evaluation;

import io.vtlb.specs.smt.MalformedSpecification;
import java.util.List;
import java.util.Set;

/** Looking up in maps, and storing to them. */
final class Maps {

  static final Set<String> OPERATORS = Set.of("select", "store");

  private Maps() {}

  static Term apply(Expression text, String name, List<Term> arguments) {
    Resolver.count(text, arguments, name.equals("select") ? 2 : 3);
    Term first = arguments.getFirst();
    if (!(first.sort() instanceof Sort.Map(Sort index, Sort element))) {
      throw new MalformedSpecification(first.text() + " is no map");
    }
    Node map = first.node();
    Node at = arguments.get(1).as(index).node();
    if (name.equals("store")) {
      Node stored = arguments.get(2).as(element).node();
      return Term.structured(
          text,
          first.sort(),
          frame -> mapping(map, frame).store(at.value(frame), stored.value(frame)));
    }
    return element.isScalar()
        ? Term.scalar(text, element, frame -> mapping(map, frame).select(at.value(frame)).bits())
        : Term.structured(text, element, frame -> mapping(map, frame).select(at.value(frame)));
  }

  private static Value.Mapping mapping(Node map, Frame frame) {
    return (Value.Mapping) map.value(frame);
  }
}
