package io.vtlb.conformance.verify;

/** Is told how far a run has come. */
public interface Progress {

  /** Says nothing. */
  Progress NONE = (sequences, failures) -> {};

  /** So many sequences have been run, and so many of them failed. */
  void at(long sequences, int failures);

  /** A sequence has broken a rule, which was not expected. */
  default void found(Failure failure) {}

  /** The target has failed in a sequence. */
  default void found(Crash crash) {}
}
