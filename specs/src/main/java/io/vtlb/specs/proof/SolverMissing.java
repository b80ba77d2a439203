package io.vtlb.specs.proof;

/** There is no solver that runs here. */
public final class SolverMissing extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SolverMissing(Throwable cause) {
    super("Z3 does not run on this computer: " + cause, cause);
  }
}
