package io.vtlb.conformance.sweep;

/** Says in one line why a file is no checkpoint that a sweep can go on from. */
public final class BadCheckpoint extends Exception {

  private static final long serialVersionUID = 1L;

  BadCheckpoint(String message) {
    super(message);
  }
}
