package io.vtlb.specs.generate;

/** The solver gave up: there is no answer, neither yes nor no. */
public final class SolverLimit extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SolverLimit(String world, int operations, String reason) {
    super(
        "%s, sequences of %d operations: the solver gave up (%s)"
            .formatted(world, operations, reason));
  }
}
