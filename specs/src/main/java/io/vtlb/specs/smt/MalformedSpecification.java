package io.vtlb.specs.smt;

/** Says in one line which file of the specification cannot be used, and why. */
public final class MalformedSpecification extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MalformedSpecification(String message) {
    super(message);
  }

  public MalformedSpecification(String message, Throwable cause) {
    super(message, cause);
  }
}
