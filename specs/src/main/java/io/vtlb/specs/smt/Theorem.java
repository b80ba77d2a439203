package io.vtlb.specs.smt;

import io.vtlb.model.rule.Rule;
import java.util.List;
import java.util.stream.Stream;

/**
 * One theorem: assumptions, a {@code check-sat} that finds them possible, the conclusion denied,
 * and a {@code check-sat} that finds that impossible.
 *
 * @param name the file's name without its ending: the rule's id, and more words if the rule has
 *     several
 * @param rule the rule that it speaks for
 * @param says what it says, in words
 * @param needs the files of definitions that it uses
 * @param assumptions the text up to the first {@code check-sat}
 * @param denial the text from there to the second
 */
public record Theorem(
    String name, Rule rule, String says, List<String> needs, String assumptions, String denial) {

  public Theorem {
    needs = List.copyOf(needs);
  }

  static Theorem read(String name, String text) {
    Rule rule =
        Stream.of(Rule.values())
            .filter(one -> name.equals(one.id()) || name.startsWith(one.id() + "-"))
            .findFirst()
            .orElseThrow(() -> new MalformedSpecification(name + ": is named after no rule"));
    List<Command> checks =
        Command.of(text, name).stream()
            .filter(command -> command.head().equals("check-sat"))
            .toList();
    if (checks.size() != 2 || !text.substring(checks.getLast().end()).isBlank()) {
      throw new MalformedSpecification(
          name + ": a theorem has two (check-sat), and nothing after the second");
    }
    Heading heading = Heading.of(text);
    return new Theorem(
        name,
        rule,
        heading.says(),
        heading.needs(),
        text.substring(0, checks.getFirst().start()),
        text.substring(checks.getFirst().end(), checks.getLast().start()));
  }
}
