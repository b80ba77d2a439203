package io.vtlb.specs.smt;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The transition system of one small world: what an operation makes of each variable of its state.
 *
 * @param name the world's name
 * @param text all definitions, complete in themselves
 * @param variables the names of the state's variables; the next value of X is {@code next-X}
 */
public record SmallWorld(String name, String text, List<String> variables) {

  private static final String NEXT = "next-";

  public SmallWorld {
    variables = List.copyOf(variables);
  }

  static SmallWorld of(String name, String text) {
    Set<String> constants = new LinkedHashSet<>();
    Set<String> functions = new LinkedHashSet<>();
    for (Command command : Command.of(text, name)) {
      switch (command.head()) {
        case "declare-const" -> constants.add(command.subject());
        case "define-fun" -> functions.add(command.subject());
        default -> {}
      }
    }
    List<String> variables =
        constants.stream().filter(constant -> functions.contains(NEXT + constant)).toList();
    if (variables.isEmpty()) {
      throw new MalformedSpecification(name + ": no variable of a state has a next value");
    }
    return new SmallWorld(name, text, variables);
  }
}
