package io.vtlb.specs.smt;

import java.util.List;

/**
 * What a solver is asked about one theorem: both texts are complete in themselves.
 *
 * @param theorem the theorem
 * @param assumptions what has to be possible
 * @param denial what has to be impossible: the assumptions, and the conclusion denied
 */
public record Problem(Theorem theorem, String assumptions, String denial) {

  /** A file that a solver answers by {@code sat} and, for a theorem that holds, {@code unsat}. */
  public String file() {
    return "(set-logic ALL)\n%s(check-sat)%s(check-sat)\n"
        .formatted(assumptions, denial.substring(assumptions.length()));
  }

  /** The constants that it speaks of, in the order in which they are declared. */
  public List<String> constants() {
    return Command.of(denial, theorem.name()).stream()
        .filter(command -> command.head().equals("declare-const"))
        .map(Command::subject)
        .toList();
  }
}
