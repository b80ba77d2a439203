package io.vtlb.conformance.verify;

/** Is told how far a run has come. */
public interface Progress {

  /** Says nothing. */
  Progress NONE = (sequences, failures) -> {};

  /** So many sequences have been run, and so many of them failed. */
  void at(long sequences, int failures);
}
