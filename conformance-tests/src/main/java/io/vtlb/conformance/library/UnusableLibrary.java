package io.vtlb.conformance.library;

/** Says in one line, which does not name the file, why a library cannot be a target. */
public final class UnusableLibrary extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableLibrary(String message) {
    super(message);
  }

  /** Something that the header declares is not exported. */
  static UnusableLibrary lacks(String names) {
    return new UnusableLibrary(
        "does not export %s; include/vtlb.h declares them, and %s"
            .formatted(names, "whoever defines them has to include it"));
  }
}
