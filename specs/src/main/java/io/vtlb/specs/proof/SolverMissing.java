package io.vtlb.specs.proof;

import com.microsoft.z3.Version;

/** There is no solver that runs here. */
public final class SolverMissing extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Does nothing if Z3 runs here.
   *
   * @throws SolverMissing if not
   */
  public static void check() {
    version();
  }

  /** The solver's name and version. */
  static String version() {
    try {
      return Version.getFullVersion();
    } catch (LinkageError | RuntimeException e) {
      throw new SolverMissing(e);
    }
  }

  SolverMissing(Throwable cause) {
    super("Z3 does not run on this computer: " + cause, cause);
  }
}
